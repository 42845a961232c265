import CXml2

/// Reads SSML: all of it is checked before a word is spoken.
///
/// Spoken as asked: `speak`, `p`, `s`, `break`, `prosody`, `emphasis`, `say-as`, `sub`, `phoneme`
/// (`ipa`, in English), `mark`, `lang` and `xml:lang`, `w` and `token`, and `voice` with its name,
/// gender, variant and language. `audio` says its alternative text: no file is opened. `metadata`, `meta`,
/// `lexicon` and `desc` are silent. Of other elements the text is spoken, and a notice says so, once.
struct SSMLParser: DocumentParser {
    /// A talk of a day.
    private static let largestMegabytes = 16

    private let style: ReadingStyle
    private var text = Passage()

    /// - Throws: `MarkupError.libraryMissing`.
    init(style: ReadingStyle) throws(MarkupError) {
        guard cc_xml2_open() == 1 else { throw .libraryMissing }
        self.style = style
    }

    mutating func add(_ text: Passage) throws -> [Piece] {
        self.text.append(text)
        guard self.text.count <= Self.largestMegabytes << 20 else {
            throw MarkupError.tooLarge(limitMegabytes: Self.largestMegabytes)
        }
        return []
    }

    func pause() -> [Piece] { [] }

    mutating func finish() throws -> [Piece] {
        defer { text = Passage() }
        guard !text.trimmed.isEmpty else { return [] }
        let source = EncodedPassage(text.withoutMark)
        let visitor = SSMLVisitor(source, style: style)
        let document = try LibraryDocument(CC_XML, handler: visitor)
        try document.add(source.bytes)
        try document.finish()
        if let root = visitor.wrongRoot { throw MarkupError.notSpeech(root: root) }
        return visitor.finish().map { Piece(passage: Passage(), prepared: $0) }
    }
}

extension Passage {
    /// Without a byte order mark, which an XML parser takes for text.
    fileprivate var withoutMark: Passage { scalars.first == "\u{FEFF}" ? self[1..<count] : self }
}

/// Hears about elements, and builds utterances.
private final class SSMLVisitor: DocumentHandler {
    /// What is true inside an element.
    private struct Context {
        var name: String
        /// Open tags of the engine, as in `<prosody rate="120%">`.
        var tags: [EngineTag] = []
        var speaker = SSMLSpeaker()
        var isSilent = false
        var reading = SayAs.none
        /// Said in place of the text.
        var replacement: Replacement?
    }

    private enum Replacement {
        case words(String)
        case phonemes(String)
        /// The text is already replaced.
        case done
    }

    private(set) var wrongRoot: String?
    private let source: EncodedPassage
    private let style: ReadingStyle
    private var stack: [Context] = []
    private var builder: SSMLBuilder
    private var noticed: Set<String> = []
    /// Text without a tag in it, which the library gives in pieces.
    private var run = Passage()

    init(_ source: EncodedPassage, style: ReadingStyle) {
        self.source = source
        self.style = style
        builder = SSMLBuilder()
    }

    func finish() -> [Utterance] {
        sayRun()
        return builder.finish()
    }

    func start(_ name: String, attributes: [String: String], offset: Int) {
        if stack.isEmpty, name != "speak" { wrongRoot = wrongRoot ?? name }
        sayRun()
        var context = stack.last ?? Context(name: name)
        context.name = name
        if let language = Self.language(attributes) {
            context.speaker = context.speaker.speaking(
                isOwn(language) ? nil : language.lowercased())
        }
        if wrongRoot == nil { open(name, attributes, offset, &context) }
        if context.speaker != stack.last?.speaker ?? SSMLSpeaker() {
            builder.flush(isContinued: true)
        }
        stack.append(context)
    }

    private func open(
        _ name: String, _ attributes: [String: String], _ offset: Int, _ context: inout Context
    ) {
        switch name {
        case "speak", "lang", "w", "token": break
        case "p", "paragraph": builder.flush(pauseBefore: 0.25)
        case "s", "sentence": builder.flush()
        case "break":
            builder.flush(isContinued: true, pauseBefore: SSMLValue.pauseSeconds(attributes))
        case "prosody":
            if let tag = EngineTag(prosody: attributes) { context.tags.append(tag) }
        case "emphasis":
            context.tags.append(EngineTag(emphasis: attributes["level"] ?? "moderate"))
        case "mark": builder.add(mark: attributes["name"] ?? "", at: source.place(of: offset))
        case "sub": context.replacement = attributes["alias"].map { .words($0) }
        case "phoneme": context.replacement = phonemes(attributes, context.speaker.language)
        case "say-as":
            context.reading = SayAs(
                attributes["interpret-as"] ?? "",
                format: attributes["format"] ?? attributes["detail"] ?? "")
            if context.reading == .none {
                notice("say-as", "<say-as> as '\(attributes["interpret-as"] ?? "")' is not known")
            }
        case "voice":
            choose(attributes, &context.speaker)
        case "audio": notice(name, "<audio> is not played; its alternative text is spoken")
        case "metadata", "meta", "lexicon", "desc": context.isSilent = true
        default: notice(name, "<\(name)> is not known; its text is spoken")
        }
    }

    private func choose(_ attributes: [String: String], _ speaker: inout SSMLSpeaker) {
        if let voice = attributes["name"], !voice.isEmpty {
            speaker.voice.name = String(voice.prefix(100))
            speaker.language = language(ofVoice: voice) ?? speaker.language
        }
        if let gender = attributes["gender"] {
            // "neutral" leaves it to the user.
            speaker.voice.gender = VoiceWish.Gender(rawValue: gender.lowercased())
            speaker.voice.number = 1
        }
        if let number = attributes["variant"].flatMap({ Int($0) }), number > 0 {
            speaker.voice.number = number
        }
        let followed = ["name", "gender", "variant", "xml:lang", "language", "languages"]
        if attributes["age"] != nil || !followed.contains(where: { attributes[$0] != nil }) {
            notice("voice", "<voice> is followed for its name, gender, variant and language alone")
        }
    }

    /// Of several languages, the first is the one that is liked best.
    private static func language(_ attributes: [String: String]) -> String? {
        attributes["xml:lang"] ?? attributes["language"]
            ?? attributes["languages"]?.split(separator: " ").first.map(String.init)
    }

    func end(_ name: String, offset: Int) {
        sayRun()
        let context = stack.popLast()
        switch name {
        case "p", "paragraph": builder.flush(pauseBefore: 0.25)
        case "s", "sentence": builder.flush()
        default: break
        }
        if context?.speaker != stack.last?.speaker { builder.flush(isContinued: true) }
    }

    func add(_ text: [UInt8], offset: Int) {
        guard let context = stack.last, !context.isSilent else { return }
        run.append(source.passage(of: text, endingNear: offset))
    }

    private func sayRun() {
        guard let context = stack.last, !run.isEmpty else { return }
        let passage = run
        run = Passage()
        switch context.replacement {
        case .words(let words):
            guard !passage.trimmed.isEmpty else { return }
            stack[stack.count - 1].replacement = .done
            var spoken = SpokenText()
            spoken.say(words, for: passage.trimmed)
            builder.add(spoken, context.tags, context.speaker)
        case .phonemes(let phonemes):
            guard !passage.trimmed.isEmpty else { return }
            stack[stack.count - 1].replacement = .done
            builder.add(phonemes: phonemes, for: passage.trimmed, context.tags, context.speaker)
        case .done: return
        case nil: add(passage, context)
        }
    }

    private func add(_ passage: Passage, _ context: Context) {
        guard context.reading == .none else {
            let trimmed = passage.trimmed
            guard !trimmed.isEmpty else { return }
            if context.reading == .characters {
                return builder.add(characters: trimmed, context.tags, context.speaker)
            }
            var spoken = SpokenText()
            spoken.say(
                context.reading.spoken(
                    trimmed, language: context.speaker.language ?? style.language),
                for: trimmed)
            return builder.add(spoken, context.tags, context.speaker)
        }
        let speaker = context.speaker
        var splitter = SentenceSplitter(language: speaker.language ?? style.language)
        let sentences = splitter.add(passage) + splitter.finish()
        if sentences.isEmpty { return builder.addSpace(at: passage) }
        for (i, sentence) in sentences.enumerated() {
            if i > 0 { builder.flush() }
            for part in parts(of: sentence, speaker.language) {
                let speaker = part.language.map { speaker.speaking($0) } ?? speaker
                let normaliser = Normaliser(
                    language: speaker.language ?? style.language, isVerbatim: style.isVerbatim)
                builder.add(normaliser.spoken(part.passage), context.tags, speaker)
            }
        }
    }

    private func parts(of sentence: Passage, _ language: String?) -> [ScriptVoices.Part] {
        style.switchesScripts
            ? ScriptVoices(language: language ?? style.language).parts(of: sentence)
            : [ScriptVoices.Part(passage: sentence, language: nil)]
    }

    private func phonemes(_ attributes: [String: String], _ language: String?) -> Replacement? {
        let letters = attributes["ph"] ?? ""
        let alphabet = attributes["alphabet"]?.lowercased() ?? "ipa"
        let isEnglish = (language ?? style.language).lowercased().hasPrefix("en")
        if alphabet == "ipa", isEnglish, let phonemes = EnginePhonemes.english(fromIPA: letters) {
            return .phonemes(phonemes)
        }
        notice("phoneme", "<phoneme> is spoken as its text: only IPA is known, for English")
        return nil
    }

    /// Of a voice file; a voice of the engine has the tag of its language as its name.
    private func language(ofVoice name: String) -> String? {
        let file = try? OwnVoices.found.voice(named: name)
        guard let tag = file?.language ?? name.languageTag, !isOwn(tag) else { return nil }
        return tag
    }

    private func isOwn(_ language: String) -> Bool {
        language.lowercased().split(separator: "-").first
            == style.language.lowercased().split(separator: "-").first
    }

    private func notice(_ name: String, _ sentence: String) {
        if noticed.insert(name).inserted { style.notice?(sentence) }
    }
}

extension String {
    /// "de" of "de" and of "de+f3"; nil for "describer".
    fileprivate var languageTag: String? {
        let tag = lowercased().prefix { $0 != "+" }
        return (2...3).contains(tag.prefix { $0 != "-" }.count) ? String(tag) : nil
    }
}
