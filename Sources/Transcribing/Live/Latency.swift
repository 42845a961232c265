import Models

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

/// How much sound has come, read or not: while a window is decoded, more waits in the pipe.
struct Arrival: Sendable {
    private var start: ContinuousClock.Instant?
    private var readSamples = 0

    /// - Parameter count: samples that have just been read.
    mutating func note(_ count: Int) {
        readSamples += count
        if start == nil { start = ContinuousClock.now - .seconds(seconds(readSamples)) }
    }

    /// By the clock, as a microphone sends it; what was read already where a file is faster.
    var seconds: Double {
        guard let start else { return 0 }
        return max(seconds(readSamples), (ContinuousClock.now - start) / .seconds(1))
    }

    private func seconds(_ samples: Int) -> Double { Double(samples) / Double(speechSampleRate) }
}

private func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
