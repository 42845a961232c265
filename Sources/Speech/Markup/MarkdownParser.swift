/// Reads Markdown block by block, so that the first paragraph is heard before the last is written.
///
/// A block ends at a blank line before a line that is not indented, outside fenced code; a heading
/// ends with its line. Front matter between `---` at the very beginning is not read.
package struct MarkdownParser: DocumentParser {
    /// A block that is longer is read in parts, so that memory stays constant.
    static let longestBlock = 64 << 10

    private enum Fence: Equatable {
        case none
        case open(Unicode.Scalar, count: Int)
        case frontMatter
    }

    private let wording: Wording
    private var pending = Passage()
    /// The beginning of the line that has not ended yet.
    private var lineStart = 0
    private var fence = Fence.none
    private var isAfterBlank = false
    private var isAtStart = true
    /// The block that ends now is front matter.
    private var isSkipping = false

    package init(wording: Wording) {
        self.wording = wording
    }

    package mutating func add(_ text: Passage) -> [Piece] {
        pending.append(text)
        var pieces: [Piece] = []
        var position = lineStart
        while let end = pending.scalars[position...].firstIndex(of: "\n") {
            let cut = takeLine(position..<end + 1)
            position = end + 1
            if let cut {
                pieces += readBlock(upTo: cut)
                position -= cut
            }
            lineStart = position
        }
        if pending.count > Self.longestBlock {
            pieces += readBlock(upTo: lineStart > 0 ? lineStart : pending.count)
            lineStart = 0
        }
        return pieces
    }

    package mutating func pause() -> [Piece] {
        guard fence == .none, pending.scalars.last == "\n" else { return [] }
        let last = lines.last(where: { !$0.trimmed.isEmpty })
        // The next row of a table is none without this one.
        guard last?.trimmed.scalars.first != "|" else { return [] }
        return finish()
    }

    package mutating func finish() -> [Piece] {
        defer { lineStart = 0 }
        return readBlock(upTo: pending.count)
    }

    private var lines: [Passage] { pending[0..<lineStart].lines }

    /// - Returns: where a block ends that this line makes known as complete.
    private mutating func takeLine(_ range: Range<Int>) -> Int? {
        let line = pending[range].scalars
        let first = line.firstIndex { $0 != " " && $0 != "\t" } ?? line.count - 1
        defer {
            isAfterBlank = line[first] == "\n"
            isAtStart = false
        }
        if isAtStart, line.elementsEqual("---\n".unicodeScalars) {
            fence = .frontMatter
            return nil
        }
        if fence == .frontMatter {
            guard line.starts(with: "---".unicodeScalars) || line.starts(with: "...".unicodeScalars)
            else { return nil }
            fence = .none
            isSkipping = true
            return range.upperBound
        }
        let marks = line[first...].prefix { $0 == line[first] }
        if case .open(let sign, let count) = fence {
            if first < 4, line[first] == sign, marks.count >= count,
                line[(first + marks.count)...].allSatisfy(\.isSpace)
            {
                fence = .none
            }
            return nil
        }
        let endsBefore = isAfterBlank && first == 0 && range.lowerBound > 0 && line[0] != "\n"
        if first < 4, line[first] == "`" || line[first] == "~", marks.count >= 3 {
            fence = .open(line[first], count: marks.count)
        } else if first < 4, line[first] == "#", marks.count <= 6 {
            return range.upperBound
        }
        return endsBefore ? range.lowerBound : nil
    }

    private mutating func readBlock(upTo end: Int) -> [Piece] {
        let block = pending[0..<end]
        pending.removeFirst(end)
        defer { isSkipping = false }
        guard !block.trimmed.isEmpty, !isSkipping else { return [] }
        return readMarkdown(block, wording: wording)
    }
}
