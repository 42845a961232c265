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
    /// How many parts of the text killed the engine.
    private(set) var lostCount = 0
    /// The voices that documents asked for in vain.
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
    /// - Returns: nil where the engine died of all of it.
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
        let order = SpeechOrder(
            text, voice: try voice(for: utterance), prosody: adapted(to: utterance, rate: rate),
            form: form(of: utterance))
        let losses = try engine.speakInParts(order) { piece in
            try output.write(piece.samples)
            words += piece.words
            count += piece.samples.count
        }
        for loss in losses { lose(loss, of: utterance, text) }
        let isLost = losses.first?.spoken.count == text.text.unicodeScalars.count
        return isLost
            ? nil
            : Said(utterance: utterance, text: text, words: words, samples: start..<start + count)
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
            case .engineDied(let reason), .engineFailed(let reason):
                lose("this sentence is", at: utterance.source, reason)
            case .engineHung: lose("this sentence is", at: utterance.source, "it hung")
            default: throw error
            }
            return nil
        }
    }

    private mutating func voice(for utterance: Utterance) throws(SpeechError) -> VoiceChoice {
        let wish = utterance.voice ?? VoiceWish()
        if let name = wish.name {
            if let voice = try voices.voice(named: name, of: &engine) { return voice }
            miss("voice '\(name)'")
        }
        if let gender = wish.gender {
            let voice = try voices.voice(
                of: gender, number: wish.number, for: utterance.language, of: &engine)
            if let voice { return voice }
            miss("\(gender.rawValue) voice")
        }
        return try voices.voice(for: utterance.language, of: &engine)
    }

    /// Tells once that there is no such voice.
    private mutating func miss(_ voice: String) {
        guard missingVoices.insert(voice).inserted else { return }
        notices.line(
            "there is no \(voice), which the document asks for; another voice says its text")
    }

    /// Starts the sound anew.
    mutating func rewind() { sampleCount = 0 }

    private func adapted(to utterance: Utterance, rate: Int?) -> Prosody {
        prosody.at(rate: rate ?? prosody.rate).raised(byPercent: utterance.pitchRise)
    }

    /// - Parameters:
    ///   - loss: a part of what was to be said.
    ///   - utterance: the whole.
    ///   - text: as the engine was to say it.
    private mutating func lose(
        _ loss: GuardedSynthesizer.Loss, of utterance: Utterance, _ text: SpeakableText
    ) {
        let scalars = Array(text.text.unicodeScalars)
        guard loss.spoken.count < scalars.count else {
            return lose("this sentence is", at: utterance.source, loss.reason)
        }
        let words = String(String.UnicodeScalarView(scalars[loss.spoken])).split(separator: " ")
        let first = text.sourceOffset(of: loss.spoken.lowerBound)
        let last = text.sourceOffset(of: loss.spoken.upperBound - 1)
        lose(
            words.count > 1 ? "these words are" : "this word is",
            at: utterance.written(first..<last + 1), loss.reason)
    }

    private mutating func lose(_ what: String, at written: Range<Int>, _ reason: String) {
        guard !isRehearsing else { return }
        lostCount += 1
        let place = firstWord(of: written)
        // Where, and not what: what people have read to them is nobody's business.
        notices.line(
            "line \(place.line), character \(place.character): "
                + "\(what) not spoken, for the speech engine died of it: \(reason)")
    }

    private func form(of utterance: Utterance) -> SpeechForm {
        SpeechForm(
            isMarkup: utterance.isMarkup, isContinued: utterance.isContinued,
            punctuation: naming.punctuation, capitals: naming.capitals)
    }

    private func firstWord(of written: Range<Int>) -> SourcePlace {
        let text = reader.place(of: written).text.unicodeScalars
        let space = text.prefix { $0.properties.isWhitespace }.count
        let start = written.lowerBound + (space < text.count ? space : 0)
        return reader.place(of: start..<max(start, written.upperBound))
    }
}

/// Some of the text was not spoken; the rest was.
struct PartsNotSpoken: Explained {
    let count: Int

    var what: String {
        count == 1
            ? "a part of the text is not spoken, and everything else is"
            : "\(count) parts of the text are not spoken, and everything else is"
    }
    var remedy: String { "try another --voice, or please report the text" }
    var exitStatus: ExitStatus { .internalFault }
}
