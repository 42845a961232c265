/// Looks at the beginning of a text, then has it read as what it looks like.
struct DetectingParser: DocumentParser {
    /// Enough to meet a heading or a list in a long introduction.
    private static let longestBeginning = 4096

    private let style: ReadingStyle
    private var beginning = Passage()
    private var chosen: (any DocumentParser)?

    init(style: ReadingStyle) {
        self.style = style
    }

    mutating func add(_ text: Passage) throws -> [Piece] {
        if chosen != nil { return try chosen?.add(text) ?? [] }
        beginning.append(text)
        return beginning.count < Self.longestBeginning ? [] : try choose()
    }

    mutating func pause() throws -> [Piece] {
        let pieces = chosen == nil && beginning.scalars.contains("\n") ? try choose() : []
        return pieces + (try chosen?.pause() ?? [])
    }

    mutating func finish() throws -> [Piece] {
        let pieces = chosen == nil ? try choose() : []
        return pieces + (try chosen?.finish() ?? [])
    }

    private mutating func choose() throws -> [Piece] {
        var parser = try style.parser(of: detectedMarkup(of: beginning.text))
        let pieces = try parser.add(beginning)
        chosen = parser
        beginning = Passage()
        return pieces
    }
}

/// What the beginning of a text looks like.
///
/// - Parameter text: its first lines.
/// - Returns: plain where nothing speaks for markup.
package func detectedMarkup(of text: String) -> Markup {
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(300).lowercased()
    if start.hasPrefix("<speak") || start.hasPrefix("<?xml") && start.contains("<speak") {
        return .ssml
    }
    if ["<!doctype html", "<html", "<head", "<body"].contains(where: start.hasPrefix) {
        return .html
    }
    var signs = text.hasPrefix("---\n") && text.dropFirst(4).contains("\n---") ? 2 : 0
    for line in text.split(separator: "\n") {
        signs += markdownSigns(in: line.drop { $0 == " " })
        if signs >= 2 { return .markdown }
    }
    return .plain
}

/// 2 for what is nothing but Markdown, 1 for what may be chance.
private func markdownSigns(in line: Substring) -> Int {
    let marks = line.prefix { $0 == line.first }
    let isFollowedBySpace = line.dropFirst(marks.count).first == " "
    switch line.first {
    case "#" where marks.count <= 6 && isFollowedBySpace: return 2
    case "`" where marks.count >= 3, "~" where marks.count >= 3: return 2
    case "|" where line.contains("---"): return 2
    case "-" where line.hasPrefix("- [ ] ") || line.hasPrefix("- [x] "): return 2
    case "-" where marks.count == 1 && isFollowedBySpace: return 1
    case "*" where marks.count == 1 && isFollowedBySpace: return 1
    case ">" where isFollowedBySpace: return 1
    default: break
    }
    if ["](http", "](/", "](#"].contains(where: line.contains) { return 2 }
    return line.contains("**") || line.contains("`") ? 1 : 0
}
