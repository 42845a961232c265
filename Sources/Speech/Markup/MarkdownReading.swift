import CMarkdown

/// Reads a block of Markdown (CommonMark, and GitHub's tables, tasks and deletions) with md4c.
///
/// - Parameters:
///   - block: complete paragraphs, lists, tables.
///   - wording: of the text's language.
/// - Returns: what is said.
func readMarkdown(_ block: Passage, wording: Wording) -> [Piece] {
    let source = EncodedPassage(block)
    // A link whose address comes later is a link all the same; only its text is said.
    let bytes = source.bytes + definitions(missingIn: source.bytes)
    let visitor = MarkdownVisitor(source, wording: wording)
    // Safe: the parser uses the bytes and the visitor only during the call, in which they live.
    unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        visitor.start = UInt(bitPattern: start)
        var parser = MD_PARSER()
        parser.flags = UInt32(MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS)
        unsafe parser.enter_block = { unsafe visitorOf($2).enter(block: $0, detail: $1) }
        unsafe parser.leave_block = { kind, _, user in unsafe visitorOf(user).leave(block: kind) }
        unsafe parser.enter_span = { kind, _, user in unsafe visitorOf(user).enter(span: kind) }
        unsafe parser.leave_span = { kind, _, user in unsafe visitorOf(user).leave(span: kind) }
        unsafe parser.text = { unsafe visitorOf($3).add($0, UInt(bitPattern: $1), Int($2)) }
        let text = unsafe UnsafeRawPointer(start).assumingMemoryBound(to: MD_CHAR.self)
        _ = unsafe md_parse(
            text, MD_SIZE(buffer.count), &parser, Unmanaged.passUnretained(visitor).toOpaque())
    }
    return visitor.finish()
}

private func visitorOf(_ user: UnsafeMutableRawPointer?) -> MarkdownVisitor {
    // Safe: `user` is the visitor that `readMarkdown` keeps alive.
    guard let user = unsafe user else { preconditionFailure("md4c lost its visitor") }
    return unsafe Unmanaged<MarkdownVisitor>.fromOpaque(user).takeUnretainedValue()
}

/// `[text][label]` for each label of the block, with an address that is never said.
private func definitions(missingIn bytes: [UInt8]) -> [UInt8] {
    var labels: Set<[UInt8]> = []
    var position = 0
    while position + 1 < bytes.count, labels.count < 100 {
        defer { position += 1 }
        guard bytes[position] == UInt8(ascii: "]"), bytes[position + 1] == UInt8(ascii: "[") else {
            continue
        }
        let label = bytes[(position + 2)...].prefix(100).prefix {
            $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[") && $0 != 0x0A
        }
        if !label.isEmpty { labels.insert(Array(label)) }
    }
    return labels.flatMap { Array("\n\n[".utf8) + $0 + Array("]: <x>".utf8) }
}

/// What md4c tells about a block, told on to a builder.
private final class MarkdownVisitor {
    private let source: EncodedPassage
    private var builder: FlowBuilder
    private var picture: Passage?
    private var depthOfPictures = 0
    private var lastPlace: Int
    /// The address of the first byte, to tell where a text stands; nothing is read through it.
    var start: UInt = 0

    init(_ source: EncodedPassage, wording: Wording) {
        self.source = source
        builder = FlowBuilder(wording: wording)
        lastPlace = source.place(of: 0)
    }

    func finish() -> [Piece] {
        builder.endBlock()
        return builder.takePieces()
    }

    func enter(block kind: MD_BLOCKTYPE, detail: UnsafeMutableRawPointer?) -> Int32 {
        switch kind {
        case MD_BLOCK_P, MD_BLOCK_HTML, MD_BLOCK_HR:
            // The first paragraph of an item continues it.
            if kind == MD_BLOCK_P, isAfterItemStart { break }
            builder.startParagraph()
        case MD_BLOCK_H: builder.startHeading()
        case MD_BLOCK_QUOTE: builder.startQuote()
        case MD_BLOCK_UL: builder.startList(firstNumber: nil)
        case MD_BLOCK_OL:
            // Safe: md4c passes this structure with this kind.
            let first = unsafe detail?.assumingMemoryBound(to: MD_BLOCK_OL_DETAIL.self).pointee
            builder.startList(firstNumber: Int(first?.start ?? 1))
        case MD_BLOCK_LI:
            // Safe: as above.
            let item = unsafe detail?.assumingMemoryBound(to: MD_BLOCK_LI_DETAIL.self).pointee
            let isTask = (item?.is_task ?? 0) != 0
            let isDone = item?.task_mark != CChar(0x20)
            builder.startItem(isDone: isTask ? isDone : nil, at: lastPlace)
        case MD_BLOCK_CODE: builder.startPreformatted()
        case MD_BLOCK_TABLE: builder.startTable()
        case MD_BLOCK_TR: builder.startRow()
        case MD_BLOCK_TH, MD_BLOCK_TD: builder.startCell(isHeader: kind == MD_BLOCK_TH)
        default: break
        }
        isAfterItemStart = kind == MD_BLOCK_LI
        return 0
    }

    private var isAfterItemStart = false

    func leave(block kind: MD_BLOCKTYPE) -> Int32 {
        isAfterItemStart = false
        switch kind {
        case MD_BLOCK_P, MD_BLOCK_HTML, MD_BLOCK_LI: builder.endBlock()
        case MD_BLOCK_H: builder.endHeading()
        case MD_BLOCK_QUOTE: builder.endQuote()
        case MD_BLOCK_UL, MD_BLOCK_OL: builder.endList()
        case MD_BLOCK_CODE: builder.endPreformatted()
        case MD_BLOCK_TABLE: builder.endTable()
        case MD_BLOCK_TR: builder.endRow()
        case MD_BLOCK_TH, MD_BLOCK_TD: builder.endCell()
        default: break
        }
        return 0
    }

    func enter(span kind: MD_SPANTYPE) -> Int32 {
        if kind == MD_SPAN_IMG {
            depthOfPictures += 1
            picture = picture ?? Passage()
        }
        return 0
    }

    func leave(span kind: MD_SPANTYPE) -> Int32 {
        guard kind == MD_SPAN_IMG else { return 0 }
        depthOfPictures -= 1
        if depthOfPictures == 0, let description = picture {
            builder.addPicture(description)
            picture = nil
        }
        return 0
    }

    /// Takes a text, whose address is inside the source unless md4c made it itself.
    func add(_ kind: MD_TEXTTYPE, _ address: UInt, _ size: Int) -> Int32 {
        switch kind {
        case MD_TEXT_BR, MD_TEXT_SOFTBR:
            picture?.append(unwritten: " ", at: lastPlace)
            if picture == nil { builder.breakLine(at: lastPlace) }
            return 0
        case MD_TEXT_NULLCHAR: return 0
        default: break
        }
        guard address >= start, let offset = Int(exactly: address - start),
            offset + size <= source.bytes.count
        else {
            // Line ends of code are md4c's own.
            if kind == MD_TEXT_CODE, size == 1 { builder.breakLine(at: lastPlace) }
            return 0
        }
        let text = source.passage(of: offset..<offset + size)
        lastPlace = text.source?.upperBound ?? lastPlace
        switch kind {
        case MD_TEXT_HTML: addTag(text)
        case MD_TEXT_ENTITY: say(Entity.passage(text))
        case MD_TEXT_CODE where !builder.isInPreformatted: builder.addCode(text)
        default: say(text)
        }
        return 0
    }

    private func say(_ text: Passage) {
        if picture != nil {
            picture?.append(text)
        } else {
            builder.add(text)
        }
    }

    /// Raw HTML between Markdown: `<br>` breaks the line, other tags are silent.
    private func addTag(_ tag: Passage) {
        let words = tag.text.lowercased()
        if words.hasPrefix("<br") { return builder.breakLine(at: lastPlace) }
        var isTag = false
        var rest = Passage()
        for (scalar, place) in zip(tag.scalars, tag.places) {
            if scalar == "<" { isTag = true }
            if !isTag { rest.append(scalar == "\n" ? " " : scalar, at: place) }
            if scalar == ">" { isTag = false }
        }
        say(rest)
    }
}
