import ArgumentParser
import Speech

/// What kind of text it is, and how it is read.
struct ReadingOptions: ParsableArguments {
    @Flag(exclusivity: .exclusive)
    var markup: Markup = .plain

    @Option(
        help: ArgumentHelp(
            "The text's language, as in en-us; auto has another script said by a voice of its own.",
            discussion: "auto is usual; with voice, the chosen voice says everything.",
            valueName: "auto|voice|tag"))
    var language = "auto"

    @Flag(help: "Leave dates, amounts, units and addresses as they are written.")
    var verbatim = false

    @Flag(help: "Name each character.")
    var spell = false

    @Option(help: "Which punctuation marks are named.")
    var punctuation = SpokenPunctuation.none

    @Option(help: "How a capital letter is heard.")
    var capitals = SpokenCapitals.none

    func validate() throws {
        let isTag = language.split(separator: "-").allSatisfy { part in
            part.count <= 8 && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        guard isTag, !language.isEmpty else {
            throw ValidationError("--language takes auto, voice, or a tag as in en-us.")
        }
    }

    /// The language that `--language` names; nil where it is the voice's.
    var namedLanguage: String? {
        language == "auto" || language == "voice" ? nil : language.lowercased()
    }

    var naming: SignNaming { SignNaming(punctuation: punctuation, capitals: capitals) }

    /// The style that the options ask for, for a voice of this language, "en-us".
    ///
    /// - Parameters:
    ///   - voiceLanguage: of the chosen voice.
    ///   - notice: hears of markup that is not followed.
    /// - Returns: the style.
    func style(
        voiceLanguage: String, notice: @escaping @Sendable (String) -> Void
    ) -> ReadingStyle {
        ReadingStyle(
            markup: markup, language: namedLanguage ?? voiceLanguage, isVerbatim: verbatim,
            switchesScripts: language != "voice", spells: spell, notice: notice)
    }
}

/// What is named of the signs in a text.
struct SignNaming {
    let punctuation: SpokenPunctuation
    let capitals: SpokenCapitals
}

extension Markup: EnumerableFlag {
    package static func help(for value: Markup) -> ArgumentHelp? {
        switch value {
        case .plain: "The text is plain."
        case .markdown: "The text is Markdown: headings are heard, signs are not."
        case .html: "The text is a web page."
        case .ssml:
            ArgumentHelp(
                "The text is SSML; it is checked before a word is spoken.",
                discussion: """
                    Followed: speak, p, s, break, prosody (rate, pitch, range, volume), emphasis, \
                    sub, mark, lang and xml:lang, w, token, phoneme (ipa, in English), and say-as \
                    as date, time, telephone, currency, cardinal, ordinal, digits or characters. \
                    Of voice the name, gender, variant and language count. Of audio the alternative \
                    text is spoken, and no file is opened. metadata, meta, lexicon and desc are silent. Other elements' \
                    text is spoken, and a notice says so once.
                    """)
        case .auto: "Its first lines tell what the text is."
        }
    }
}

extension SpokenPunctuation: ExpressibleByArgument {}
extension SpokenCapitals: ExpressibleByArgument {}
