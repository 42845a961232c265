/// Which voice the engine speaks with.
package enum VoiceChoice: Sendable, Equatable {
    /// A name of the engine's own list, with or without a variant: "en-US+f3".
    case named(String)
    /// A voice of one's own.
    case file(VoiceFile)
}

/// What kind of text is given, and whether it is all of a sentence.
package struct SpeechForm: Sendable, Equatable {
    /// Markup and phonemes that the engine reads; else every character is text.
    package var isMarkup: Bool
    /// The sentence goes on: no pause after it.
    package var isContinued: Bool
    package var punctuation = SpokenPunctuation.none
    package var capitals = SpokenCapitals.none

    package init(
        isMarkup: Bool = false, isContinued: Bool = false,
        punctuation: SpokenPunctuation = .none, capitals: SpokenCapitals = .none
    ) {
        self.isMarkup = isMarkup
        self.isContinued = isContinued
        self.punctuation = punctuation
        self.capitals = capitals
    }
}

/// What is to be said, and how; it depends on nothing that was asked before.
package struct SpeechOrder: Sendable, Equatable {
    package var text: SpeakableText
    package var voice: VoiceChoice
    package var prosody: Prosody
    package var form: SpeechForm

    package init(
        _ text: SpeakableText, voice: VoiceChoice, prosody: Prosody, form: SpeechForm = SpeechForm()
    ) {
        self.text = text
        self.voice = voice
        self.prosody = prosody
        self.form = form
    }
}

/// In which letters phonemes are written.
package enum PhonemeNotation: Int, Sendable {
    /// The engine's own names, in ASCII.
    case engine
    /// The International Phonetic Alphabet.
    case ipa
}

/// What a speaker asks the engine's process for.
enum EngineRequest {
    /// Answered with `voices`.
    case listVoices
    /// Answered with any number of `sound` and a `done`.
    case speak(SpeechOrder)
    /// Answered with `phonemes` and a `done`.
    case phonemes(SpeechOrder, PhonemeNotation)

    private enum Kind: UInt8 { case listVoices, speak, phonemes }
    private enum VoiceKind: Int { case named, file }

    var frame: [UInt8] {
        switch self {
        case .listVoices: return FrameWriter(kind: Kind.listVoices.rawValue).frame()
        case .speak(let order):
            var writer = FrameWriter(kind: Kind.speak.rawValue)
            Self.add(order, to: &writer)
            return writer.frame()
        case .phonemes(let order, let notation):
            var writer = FrameWriter(kind: Kind.phonemes.rawValue)
            writer.add(notation.rawValue)
            Self.add(order, to: &writer)
            return writer.frame()
        }
    }

    private static func add(_ order: SpeechOrder, to writer: inout FrameWriter) {
        switch order.voice {
        case .named(let name):
            writer.add(VoiceKind.named.rawValue)
            writer.add(name)
        case .file(let file):
            writer.add(VoiceKind.file.rawValue)
            writer.add(file.name)
            writer.add(file.text)
        }
        writer.add(order.prosody.rate)
        writer.add(order.prosody.pitch)
        writer.add(order.prosody.volume)
        writer.add(order.form.isMarkup ? 1 : 0)
        writer.add(order.form.isContinued ? 1 : 0)
        writer.add(order.form.punctuation.rawValue)
        writer.add(order.form.capitals.rawValue)
        writer.add(order.text.text)
    }

    /// - Throws: `FrameReader.Damage`, or what is wrong with a field; neither happens between two
    ///   processes of one executable.
    init(kind: UInt8, _ fields: consuming FrameReader) throws {
        var fields = fields
        switch Kind(rawValue: kind) {
        case .listVoices: self = .listVoices
        case .speak: self = .speak(try Self.order(&fields))
        case .phonemes:
            guard let notation = PhonemeNotation(rawValue: try fields.number()) else {
                throw FrameReader.Damage()
            }
            self = .phonemes(try Self.order(&fields), notation)
        case nil: throw FrameReader.Damage()
        }
    }

    private static func order(_ fields: inout FrameReader) throws -> SpeechOrder {
        let kind = try fields.number()
        let name = try fields.text()
        let voice: VoiceChoice =
            switch VoiceKind(rawValue: kind) {
            case .named: .named(name)
            case .file:
                .file(try VoiceFile(parsing: Array(try fields.text().utf8), fileName: name))
            case nil: throw FrameReader.Damage()
            }
        let prosody = try Prosody(
            rate: fields.number(), pitch: fields.number(), volume: fields.number())
        let form = SpeechForm(
            isMarkup: try fields.number() != 0, isContinued: try fields.number() != 0,
            punctuation: SpokenPunctuation(rawValue: try fields.text()) ?? .none,
            capitals: SpokenCapitals(rawValue: try fields.text()) ?? .none)
        return SpeechOrder(
            SpeakableText(passedOn: try fields.text()), voice: voice, prosody: prosody, form: form)
    }
}
