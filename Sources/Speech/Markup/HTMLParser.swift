import CXml2

/// Reads a web page with libxml2: what a person would read of it, in its order.
///
/// Scripts, styles and what is hidden are left out; `nav` is read like the rest.
package final class HTMLParser: DocumentParser {
    private let visitor: HTMLVisitor
    private let document: LibraryDocument
    /// What comes after the last tag.
    ///
    /// The library takes `</` at the end of a piece for text of the script that it ends.
    private var held: [UInt8] = []

    private static let longestHeld = 64 << 10

    /// - Throws: `MarkupError.libraryMissing`.
    package init(wording: Wording) throws {
        visitor = HTMLVisitor(wording: wording)
        document = try LibraryDocument(CC_HTML, handler: visitor)
    }

    package func add(_ text: Passage) throws -> [Piece] {
        let start = visitor.source.bytes.count
        visitor.source.add(text)
        held += visitor.source.bytes[start...]
        let tagEnd = held.lastIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        let count = tagEnd ?? (held.count > Self.longestHeld ? held.count : 0)
        try document.add(Array(held[..<count]))
        held.removeFirst(count)
        visitor.forgetRead()
        return visitor.builder.takePieces()
    }

    /// The library holds back what it has not seen the end of.
    package func pause() -> [Piece] { [] }

    package func finish() throws -> [Piece] {
        try document.add(held)
        held = []
        try document.finish()
        visitor.builder.endBlock()
        return visitor.builder.takePieces()
    }
}

/// Hears about elements, and tells the builder what they mean.
private final class HTMLVisitor: DocumentHandler {
    var source = EncodedPassage()
    var builder: FlowBuilder
    /// Bytes of the document before `source`.
    private var forgotten = 0
    private var lastOffset = 0
    /// How many open elements there are whose text nobody reads.
    private var silentDepth = 0
    /// The open elements that are hidden by an attribute, by depth.
    private var hidden: [String] = []
    private var codeDepth = 0
    private var languages: [(element: String, language: String?)] = []
    private var endsInSpace = true

    init(wording: Wording) {
        builder = FlowBuilder(wording: wording)
    }

    /// Keeps what is not yet read, and a little before.
    func forgetRead() {
        let count = lastOffset - forgotten - 4096
        guard count > 64 << 10 else { return }
        // Not into the middle of a character.
        var cut = count
        while cut > 0, source.bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        source.removeFirst(cut)
        forgotten += cut
    }

    func start(_ name: String, attributes: [String: String], offset: Int) {
        lastOffset = max(lastOffset, min(offset, forgotten + source.bytes.count))
        let name = name.lowercased()
        if !hidden.isEmpty || attributes["hidden"] != nil || attributes["aria-hidden"] == "true" {
            if !Self.voidElements.contains(name) { hidden.append(name) }
            return
        }
        if let language = attributes["lang"] ?? attributes["xml:lang"] {
            // The page's own language is the voice's; if not, the user chooses the voice.
            languages.append((name, name == "html" ? nil : language))
            builder.use(language: languages.last?.language)
        } else if !Self.voidElements.contains(name), !languages.isEmpty {
            languages.append((name, languages[languages.count - 1].language))
        }
        open(name, attributes)
    }

    private func open(_ name: String, _ attributes: [String: String]) {
        switch name {
        case _ where Self.silentElements.contains(name): silentDepth += 1
        case "h1", "h2", "h3", "h4", "h5", "h6": builder.startHeading()
        case "title": builder.startHeading()
        case "ul", "menu", "dl": builder.startList(firstNumber: nil)
        case "ol": builder.startList(firstNumber: attributes["start"].flatMap { Int($0) } ?? 1)
        case "li", "dt", "dd": builder.startItem(at: place)
        case "blockquote": builder.startQuote()
        case "pre": builder.startPreformatted()
        case "table": builder.startTable()
        case "tr": builder.startRow()
        case "td", "th": builder.startCell(isHeader: name == "th")
        case "br": builder.breakLine(at: place)
        case "code", "kbd", "samp": codeDepth += 1
        case "img", "area":
            if let description = attributes["alt"] { builder.addPicture(words(description)) }
        case "input":
            let value = attributes["type"]?.lowercased() == "submit" ? attributes["value"] : nil
            if let label = attributes["aria-label"] ?? value { builder.add(words(label)) }
        case _ where Self.blocks.contains(name): builder.startParagraph()
        default: return
        }
        if !["code", "img", "kbd", "samp"].contains(name) { endsInSpace = true }
    }

    func end(_ name: String, offset: Int) {
        lastOffset = max(lastOffset, min(offset, forgotten + source.bytes.count))
        let name = name.lowercased()
        if !hidden.isEmpty {
            if let last = hidden.lastIndex(of: name) { hidden.removeSubrange(last...) }
            return
        }
        switch name {
        case _ where Self.silentElements.contains(name): silentDepth = max(0, silentDepth - 1)
        case "h1", "h2", "h3", "h4", "h5", "h6", "title": builder.endHeading()
        case "ul", "ol", "menu", "dl": builder.endList()
        case "blockquote": builder.endQuote()
        case "pre": builder.endPreformatted()
        case "table": builder.endTable()
        case "tr": builder.endRow()
        case "td", "th": builder.endCell()
        case "code", "kbd", "samp": codeDepth = max(0, codeDepth - 1)
        case "li", "dt", "dd": builder.endBlock()
        case _ where Self.blocks.contains(name): builder.startParagraph()
        default: break
        }
        if let last = languages.lastIndex(where: { $0.element == name }) {
            languages.removeSubrange(last...)
            builder.use(language: languages.last?.language)
        }
    }

    func add(_ text: [UInt8], offset: Int) {
        defer { lastOffset = max(lastOffset, min(offset, forgotten + source.bytes.count)) }
        guard silentDepth == 0, hidden.isEmpty else { return }
        let passage = source.passage(of: text, endingNear: offset - forgotten)
        if builder.isInPreformatted { return builder.add(passage) }
        let joined = collapsed(passage)
        if codeDepth > 0 { builder.addCode(joined) } else { builder.add(joined) }
    }

    /// White space of any kind and length is one space, also over the borders of elements.
    private func collapsed(_ passage: Passage) -> Passage {
        var result = Passage()
        for (scalar, place) in zip(passage.scalars, passage.places) {
            let isSpace = scalar.isSpace && scalar != "\u{A0}"
            if !isSpace || !endsInSpace { result.append(isSpace ? " " : scalar, at: place) }
            endsInSpace = isSpace
        }
        return result
    }

    private var place: Int { source.place(of: lastOffset - forgotten) }

    /// The value of an attribute of the tag that ends here, where it is written as it is said.
    private func words(_ text: String) -> Passage {
        let written = source.passage(of: Array(text.utf8), before: lastOffset - forgotten)
        if let written { return written }
        var passage = Passage()
        passage.append(unwritten: text, at: place)
        return passage
    }

    private static let silentElements: Set<String> = [
        "script", "style", "template", "noscript", "svg", "canvas", "object",
        "iframe", "audio", "video", "select", "datalist",
    ]
    private static let voidElements: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    ]
    private static let blocks: Set<String> = [
        "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "figure",
        "figcaption", "address", "form", "fieldset", "legend", "details", "summary", "hr",
        "caption", "body", "center", "label", "button", "option", "dialog",
    ]
}
