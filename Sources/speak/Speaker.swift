import Audio
import Signals
import Speech
import ToolKit

/// A voice, and what it is going to say.
struct Speaker: ~Copyable {
    /// What was said, and where its sound is.
    struct Said {
        let utterance: Utterance
        let text: SpeakableText
        let words: [SpeechPiece.WordStart]
        /// In the whole sound, after the pause before it.
        let samples: Range<Int>
    }

    let sampleRate: Int
    let prosody: Prosody
    private var engine: GuardedSynthesizer
    private var voices: VoiceBook
    private var reader: any UtteranceReader
    private let naming: SignNaming
    private let notices: Notices
    /// How much sound there is so far.
    private(set) var sampleCount = 0
    /// How many utterances killed the engine.
    private(set) var lostCount = 0
    /// The voices that documents named in vain.
    private var missingVoices: Set<String> = []
    /// While what was said once is said again.
    var isRehearsing = false

    init(
        engine: consuming GuardedSynthesizer, voices: VoiceBook, prosody: Prosody,
        reader: any UtteranceReader, naming: SignNaming, notices: Notices
    ) throws(SpeechError) {
        self.sampleRate = try engine.sampleRate()
        self.engine = engine
        self.voices = voices
        self.prosody = prosody
        self.reader = reader
        self.naming = naming
        self.notices = notices
    }

    /// Waits for the next thing to say.
    ///
    /// - Returns: nil at the end.
    /// - Throws: what the reader throws.
    mutating func read() throws -> Utterance? { try reader.next() }

    /// Where a range of the input stands, of the utterance that was read last or not long ago.
    func place(of range: Range<Int>) -> SourcePlace { reader.place(of: range) }

    /// Says an utterance, or tells on stderr that it could not.
    ///
    /// - Parameters:
    ///   - utterance: what is said.
    ///   - rate: in words a minute; nil for the chosen one.
    ///   - output: gets the sound.
    /// - Returns: nil where the engine died of it; a part of it may have been said.
    /// - Throws: `SpeechError` where there is no engine, `AudioError`.
    mutating func say(
        _ utterance: Utterance, rate: Int? = nil, to output: inout some SoundOutput & ~Copyable
    ) throws -> Said? {
        let pause = Int((utterance.pauseSeconds * Double(sampleRate)).rounded())
        if pause > 0, sampleCount > 0 {
            try output.write([Int16](repeating: 0, count: pause))
            sampleCount += pause
        }
        let start = sampleCount
        let text = SpeakableText(utterance.text)
        var words: [SpeechPiece.WordStart] = []
        var count = 0
        // Also of what the engine died of, for a part of that may be heard.
        defer { sampleCount = start + count }
        do {
            let voice = try voice(for: utterance)
            let order = SpeechOrder(
                text, voice: voice, prosody: adapted(to: utterance, rate: rate),
                form: form(of: utterance))
            try engine.speak(order) { piece in
                try output.write(piece.samples)
                words += piece.words
                count += piece.samples.count
            }
        } catch SpeechError.engineDied(let reason) {
            lose(utterance, reason)
            return nil
        } catch SpeechError.engineFailed(let reason) {
            lose(utterance, reason)
            return nil
        }
        return Said(utterance: utterance, text: text, words: words, samples: start..<start + count)
    }

    /// What the engine would say of an utterance, as phonemes.
    ///
    /// - Returns: nil where it died of it, which was told.
    /// - Throws: `SpeechError` where there is no engine.
    mutating func phonemes(
        of utterance: Utterance, _ notation: PhonemeNotation
    ) throws(SpeechError) -> String? {
        do throws(SpeechError) {
            let voice = try voice(for: utterance)
            let order = SpeechOrder(
                SpeakableText(utterance.text), voice: voice, prosody: prosody,
                form: form(of: utterance))
            return try engine.phonemes(of: order, notation)
        } catch {
            switch error {
            case .engineDied(let reason), .engineFailed(let reason): lose(utterance, reason)
            default: throw error
            }
            return nil
        }
    }

    private mutating func voice(for utterance: Utterance) throws(SpeechError) -> VoiceChoice {
        if let name = utterance.voice {
            if let voice = try voices.voice(named: name, of: &engine) { return voice }
            if missingVoices.insert(name).inserted {
                notices.line(
                    "there is no voice '\(name)', which the document names; "
                        + "the chosen voice says its text")
            }
        }
        return try voices.voice(for: utterance.language, of: &engine)
    }

    /// Starts the sound anew.
    mutating func rewind() { sampleCount = 0 }

    private func adapted(to utterance: Utterance, rate: Int?) -> Prosody {
        prosody.at(rate: rate ?? prosody.rate).raised(byPercent: utterance.pitchRise)
    }

    private mutating func lose(_ utterance: Utterance, _ reason: String) {
        guard !isRehearsing else { return }
        lostCount += 1
        let place = firstWord(of: utterance)
        // Where, and not what: what people have read to them is nobody's business.
        notices.line(
            "line \(place.line), character \(place.character): "
                + "this sentence is not spoken, for the speech engine died of it: \(reason)")
    }

    private func form(of utterance: Utterance) -> SpeechForm {
        SpeechForm(
            isMarkup: utterance.isMarkup, isContinued: utterance.isContinued,
            punctuation: naming.punctuation, capitals: naming.capitals)
    }

    private func firstWord(of utterance: Utterance) -> SourcePlace {
        let text = reader.place(of: utterance.source).text.unicodeScalars
        let space = text.prefix { $0.properties.isWhitespace }.count
        let start = utterance.source.lowerBound + (space < text.count ? space : 0)
        return reader.place(of: start..<max(start, utterance.source.upperBound))
    }
}

/// Some of the text was not spoken; the rest was.
struct PartsNotSpoken: Explained {
    let count: Int

    var what: String {
        count == 1
            ? "one sentence is not spoken, and everything else is"
            : "\(count) sentences are not spoken, and everything else is"
    }
    var remedy: String { "try another --voice, or please report the text" }
    var exitStatus: ExitStatus { .internalFault }
}
