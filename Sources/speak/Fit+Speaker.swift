import Audio
import Signals
import Speech

extension Fit {
    /// All that is said, at one rate.
    struct Take {
        let rate: Int
        var samples: [Int16] = []
        var said: [Speaker.Said] = []
        let sampleRate: Int

        var seconds: Double { Double(samples.count) / Double(sampleRate) }
    }

    /// Has everything said at the slowest rate, from the usual one on, at which it fits.
    ///
    /// - Returns: the whole speech without the silence at its end, which is not kept waiting for;
    ///   nothing is said in it where there is nothing to say.
    /// - Throws: `DoesNotFit`, and what the speaker throws.
    func take(of speaker: inout Speaker) throws -> Take {
        let usual = speaker.prosody.rate
        var utterances: [Utterance] = []
        var first = Take(rate: fastest(from: usual), sampleRate: speaker.sampleRate)
        while let utterance = try speaker.read() {
            utterances.append(utterance)
            try add(utterance, to: &first, &speaker)
            // No need to hear the rest of a book.
            if first.seconds > 4 * seconds { throw tooLong(first, isAll: false) }
        }
        first.dropSilence()
        guard first.seconds <= seconds else { throw tooLong(first, isAll: true) }
        speaker.isRehearsing = true
        return try slowest(from: usual, fastest: first, lasting: \.seconds) { rate in
            var take = Take(rate: rate, sampleRate: speaker.sampleRate)
            speaker.rewind()
            for utterance in utterances { try add(utterance, to: &take, &speaker) }
            take.dropSilence()
            return take
        }
    }

    private func add(
        _ utterance: Utterance, to take: inout Take, _ speaker: inout Speaker
    ) throws {
        var memory = Memory(samples: take.samples)
        take.samples = []
        let said = try speaker.say(utterance, rate: take.rate, to: &memory)
        take.samples = memory.samples
        if let said { take.said.append(said) }
    }

    private func tooLong(_ take: Take, isAll: Bool) -> DoesNotFit {
        DoesNotFit(
            seconds: seconds, limit: limit, fastest: take.rate,
            needed: isAll ? take.seconds : nil)
    }

    /// One line for people and scripts.
    func report(of take: Take, usualRate: Int) -> String {
        let times = Double(take.rate) / Double(usualRate)
        let speed =
            take.rate == usualRate
            ? "at the usual rate" : "\(decimal(times)) times faster, at \(take.rate) words a minute"
        return "spoken in \(decimal(take.seconds)) of \(decimal(seconds)) seconds, \(speed)"
    }
}

extension Fit.Take {
    /// Below this, nothing is heard; -56 dB.
    private static let silence: Int16 = 50

    mutating func dropSilence() {
        let kept = samples.lastIndex { $0.magnitude > UInt16(Self.silence) }.map { $0 + 1 } ?? 0
        samples.removeLast(samples.count - kept)
        // A word that ended in the silence ends with the sound.
        said = said.map { $0.cut(at: kept) }
    }
}

extension Speaker.Said {
    fileprivate func cut(at end: Int) -> Speaker.Said {
        Speaker.Said(
            utterance: utterance, text: text, words: words,
            samples: min(samples.lowerBound, end)..<min(samples.upperBound, end))
    }
}

/// Sound that is kept until it is known to be right.
private struct Memory: SoundOutput {
    var samples: [Int16]

    mutating func write(_ more: [Int16]) { samples += more }
    mutating func finish() {}
}

/// Even at the highest rate that is allowed the speech is too long.
struct DoesNotFit: Explained {
    let seconds: Double
    let limit: Double
    /// In words a minute.
    let fastest: Int
    /// At that rate; nil where it is more than four times what there is.
    let needed: Double?

    var what: String {
        let length =
            needed.map { "\(decimal($0)) seconds" } ?? "more than \(decimal(4 * seconds)) seconds"
        return "the speech does not fit: it takes \(length) at \(fastest) words a minute "
            + "where \(seconds == 1 ? "1 second is" : "\(decimal(seconds)) seconds are") asked for; "
            + "nothing is written"
    }
    var remedy: String { "shorten the text, or allow a higher rate with --fit-limit" }
    var exitStatus: ExitStatus { .damagedInput }
}

/// With two decimals at most.
private func decimal(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
