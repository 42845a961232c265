/// How long after the end of a word it was said, in seconds of sound that had come by then.
package struct Latency: Sendable {
    private var delays: [Double] = []

    package init() {}

    /// - Parameters:
    ///   - wordEnd: on the clock of the sound.
    ///   - heardSeconds: how much sound had come.
    package mutating func add(wordEnd: Double, heardSeconds: Double) {
        delays.append(max(0, heardSeconds - wordEnd))
    }

    /// Nil before the first word.
    package var sentence: String? {
        guard let longest = delays.max() else { return nil }
        let sorted = delays.sorted()
        return "latency: half of the words within \(tenths(sorted[sorted.count / 2])) s of their "
            + "end, all within \(tenths(longest)) s."
    }
}

private func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
