import Glibc

/// Where long speech is best cut: at its quietest and least speech-like place.
struct CutPoint: Sendable {
    /// Cost of each chunk from `first` on.
    private var costs: [Float] = []
    private var first = 0

    /// - Parameters:
    ///   - probability: that somebody speaks in the chunk
    ///   - chunk: its sound
    ///   - index: its number, one more than that of the call before
    mutating func hear(_ probability: Float, _ chunk: [Float], at index: Int) {
        if costs.isEmpty { first = index }
        let power = chunk.reduce(Float(0)) { $0 + $1 * $1 } / Float(chunk.count)
        // 100 dB count as much as the way from no speech to speech.
        costs.append(probability + log10f(max(power, 1e-10)) / 10)
    }

    mutating func forget(before index: Int) {
        let count = min(max(index - first, 0), costs.count)
        costs.removeFirst(count)
        first += count
    }

    /// - Parameter range: numbers of chunks
    /// - Returns: the one before which to cut
    func best(in range: Range<Int>) -> Int {
        range.min { cost(before: $0) < cost(before: $1) } ?? range.upperBound
    }

    /// The mean of the four chunks around the cut.
    private func cost(before index: Int) -> Float {
        let around = ((index - 2)..<(index + 2)).clamped(to: first..<(first + costs.count))
        return around.reduce(Float(0)) { $0 + costs[$1 - first] } / Float(max(around.count, 1))
    }
}
