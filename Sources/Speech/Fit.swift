/// Makes speech last no longer than the time that there is, by speaking faster within a limit.
package struct Fit: Sendable {
    package static let secondsRange = 0.1...600.0
    package static let limits = 1.0...3.0

    /// How long the speech may be.
    package let seconds: Double
    /// How many times faster than usual it may be.
    package let limit: Double

    package init(seconds: Double, limit: Double) {
        self.seconds = seconds
        self.limit = limit
    }

    /// The highest rate that is allowed, in words a minute.
    package func fastest(from usual: Int) -> Int {
        max(usual, min(Int((Double(usual) * limit).rounded(.down)), Prosody.rates.upperBound))
    }

    /// Finds the slowest rate, from the usual one on, at which everything fits.
    ///
    /// Speech is made hundreds of times faster than it is heard, so rates are simply tried.
    ///
    /// - Parameters:
    ///   - usual: the rate that is best, in words a minute.
    ///   - fastest: everything at the highest rate, which fits.
    ///   - duration: of speech, in seconds.
    ///   - speak: says everything at a rate.
    /// - Returns: everything at the rate that was found.
    /// - Throws: what `speak` throws.
    package func slowest<Take>(
        from usual: Int, fastest: Take, lasting duration: (Take) -> Double,
        speak: (Int) throws -> Take
    ) rethrows -> Take {
        var best = fastest
        var (low, high) = (usual, self.fastest(from: usual))
        // The fastest fits; most often the usual one does, too.
        var rate = usual
        while low < high {
            let take = try speak(rate)
            if duration(take) <= seconds {
                best = take
                high = rate
            } else {
                low = rate + 1
            }
            rate = (low + high) / 2
        }
        return best
    }
}
