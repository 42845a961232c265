/// What kind of text it is.
package enum Markup: String, Sendable, CaseIterable {
    case plain, markdown, html, ssml
    /// What the first lines look like.
    case auto
}

/// How a text is read.
package struct ReadingStyle: Sendable {
    package var markup: Markup
    /// Of the voice that the user chose: "en-us".
    package var language: String
    /// Leaves dates, amounts and addresses as they are written.
    package var isVerbatim: Bool
    /// A voice of its language says what is written in another script.
    package var switchesScripts: Bool
    /// Names each character.
    package var spells: Bool
    /// Hears once about each thing in the document that is not spoken as it asks.
    package var notice: (@Sendable (String) -> Void)?

    package init(
        markup: Markup = .plain, language: String = "en", isVerbatim: Bool = false,
        switchesScripts: Bool = true, spells: Bool = false,
        notice: (@Sendable (String) -> Void)? = nil
    ) {
        self.markup = markup
        self.language = language
        self.isVerbatim = isVerbatim
        self.switchesScripts = switchesScripts
        self.spells = spells
        self.notice = notice
    }

    var parser: any DocumentParser {
        get throws { try parser(of: markup) }
    }

    /// - Throws: `MarkupError.libraryMissing`.
    func parser(of markup: Markup) throws -> any DocumentParser {
        switch markup {
        case .plain: PlainText(language: language)
        case .markdown: MarkdownParser(wording: Wording(language: language))
        case .html: try HTMLParser(wording: Wording(language: language))
        case .ssml: try SSMLParser(style: self)
        case .auto: DetectingParser(style: self)
        }
    }
}
