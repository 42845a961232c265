import Audio
import Models
import Signals

/// Writes down speech while it is spoken.
///
/// The speech since the last silence is decoded again and again, as fast as the machine allows and
/// at most once in a step; what two decodings agree on is said at once.
package struct LiveTranscriber: Sendable {
    /// What happens, in the order in which it happens.
    package enum Event: Sendable {
        /// Words that will not change.
        case words([SpokenWord])
        /// What the words after those may be; empty where there are none.
        case partial([SpokenWord])
        /// The speech is over; all its words in one.
        case segment(SpokenSegment)
    }

    private let recognizer: any SpeechRecognizer
    private let request: TranscriptRequest
    private let cutter: SpeechCutter
    private let stepSeconds: Double

    /// - Parameters:
    ///   - recognizer: what writes.
    ///   - request: what is wanted; times of words are always found.
    ///   - cutter: fresh; a copy of it finds the speech.
    ///   - stepSeconds: how much has to be heard before speech is decoded again.
    package init(
        _ recognizer: any SpeechRecognizer, _ request: TranscriptRequest, _ cutter: SpeechCutter,
        stepSeconds: Double
    ) {
        self.recognizer = recognizer
        var request = request
        request.recognition.wantsWords = true
        self.request = request
        self.cutter = cutter
        self.stepSeconds = stepSeconds
    }

    /// Listens until the sound ends.
    ///
    /// - Parameters:
    ///   - sound: one channel.
    ///   - say: takes each event, with the seconds of sound that had come by then.
    /// - Returns: what was learnt besides.
    /// - Throws: `SoundInputError`, the recogniser's errors, and what `say` throws.
    package func transcribe(
        _ sound: inout SoundReader, _ say: (Event, Double) throws -> Void
    ) throws -> TranscriptReport {
        var cutter = self.cutter
        var arrival = Arrival()
        var talk = Talk(
            vote: LanguageVote(floor: request.recognition.languageFloor),
            filter: InventionFilter(rules: request.inventions))
        while true {
            let samples = try sound.read(upTo: speechSampleRate / 4)
            guard let samples = samples.first, !samples.isEmpty else { break }
            arrival.note(samples.count)
            try finish(cutter.add(samples), &talk, arrival, say)
            guard let piece = cutter.pending else { continue }
            let heard = piece.startSample + piece.samples.count
            guard heard - talk.decodedUpTo >= Int(stepSeconds * Double(speechSampleRate)) else {
                continue
            }
            talk.decodedUpTo = heard
            let words = try words(of: piece, isFinal: false, &talk)
            let agreed = talk.agreement.add(words)
            let seconds = arrival.seconds
            if !agreed.isEmpty { try say(.words(agreed), seconds) }
            try say(.partial(talk.agreement.partial), seconds)
        }
        try finish(cutter.finish(), &talk, arrival, say)
        var report = talk.report
        report.heardSeconds = Double(cutter.heardSamples) / Double(speechSampleRate)
        report.language = talk.vote.likeliest ?? request.language
        return report
    }

    /// The speech between two silences.
    private struct Talk {
        var agreement = WordAgreement()
        var vote: LanguageVote
        var filter: InventionFilter
        var report = TranscriptReport()
        /// Sample up to which the open piece was decoded last.
        var decodedUpTo = 0
    }

    private func finish(
        _ pieces: [SpeechPiece], _ talk: inout Talk, _ arrival: Arrival,
        _ say: (Event, Double) throws -> Void
    ) throws {
        for piece in pieces {
            let rest = talk.agreement.settle(try words(of: piece, isFinal: true, &talk))
            let seconds = arrival.seconds
            if !rest.isEmpty { try say(.words(rest), seconds) }
            let words = talk.agreement.confirmed
            if let first = words.first, let last = words.last {
                let range = TimeRange(
                    startSeconds: first.range.startSeconds,
                    endSeconds: max(first.range.startSeconds, last.range.endSeconds))
                try say(
                    .segment(
                        SpokenSegment(
                            text: words.map(\.text).joined(), range: range, words: words,
                            language: talk.vote.likeliest ?? request.language)), seconds)
            }
            talk.agreement = WordAgreement()
            talk.decodedUpTo = piece.startSample + piece.samples.count
        }
    }

    /// - Parameters:
    ///   - piece: the speech so far.
    ///   - isFinal: whether the speech is over; before that a text that fails the tests is not
    ///     tried again, for the next one follows soon.
    ///   - talk: learns from what is final.
    /// - Returns: the words that are believed, in seconds of the sound that is heard.
    /// - Throws: the recogniser's errors.
    private func words(
        of piece: SpeechPiece, isFinal: Bool, _ talk: inout Talk
    ) throws -> [SpokenWord] {
        var options = request.recognition
        if !isFinal { options.temperatures = Array(options.temperatures.prefix(1)) }
        let window = SpeechWindow(
            samples: Array(piece.samples.prefix(recognizer.windowSamples)),
            language: request.language, likelyLanguage: talk.vote.likeliest)
        guard let recognition = try recognizer.recognize([window], options).first else { return [] }
        let start = Double(piece.startSample) / Double(speechSampleRate)
        let end = start + Double(window.samples.count) / Double(speechSampleRate)
        // A hypothesis is no text: it must not count as said before.
        var filter = talk.filter
        let judged = filter.judge(
            recognition.segments.map { $0.placed(from: start, to: end) }, speech: piece.speech)
        if isFinal {
            talk.vote.add(
                recognition.language, probability: recognition.languageProbability,
                seconds: end - start)
            talk.report.windowCount += 1
            talk.report.doubtfulCount += recognition.isDoubtful ? 1 : 0
            talk.report.note(judged.findings)
            talk.filter = filter
        }
        return judged.kept.flatMap(\.words)
    }
}
