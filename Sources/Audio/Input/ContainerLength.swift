extension InputBytes {
    /// How many bytes a recording has by its container; nil where that does not say.
    ///
    /// FFmpeg and libsndfile end a recording that was cut without a word.
    package func lengthByContainer() -> Int? {
        guard canStartOver, seek(to: 0) else { return nil }
        let start = readAll(12)
        if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return matroskaEnd() }
        if start.starts(with: Array("RIFF".utf8)) {
            // Some writers count the head of 8 bytes in, others write what stands for unknown.
            let size = ByteFields(start).uint32(at: 4)
            return (1..<0x7FFF_0000).contains(size) ? size : nil
        }
        let boxes: Set = ["ftyp", "moov", "mdat", "styp", "free", "skip", "wide"]
        guard let length, boxes.contains(boxName(start)) else { return nil }
        return lastBoxEnd(length)
    }

    var isOgg: Bool { canStartOver && peek(4) == Array("OggS".utf8) }

    /// Whether an Ogg stream that has been read to its end breaks off inside a page.
    ///
    /// Source: RFC 3533, section 6.
    func endsInsideOggPage() -> Bool {
        let bytes = lastBytes()
        let mark = Array("OggS".utf8)
        var start = bytes.count - mark.count
        while start >= 0, bytes[start..<start + mark.count] != mark[...] { start -= 1 }
        guard start >= 0 else { return false }
        let page = bytes[start...]
        guard page.count >= 27 else { return true }
        let sizes = page.dropFirst(27).prefix(Int(page[start + 26]))
        return page.count < 27 + Int(page[start + 26]) + sizes.reduce(0) { $0 + Int($1) }
    }

    /// Where a Matroska segment ends by its header; nil where that leaves it open.
    ///
    /// Source: RFC 8794, sections 4 and 6.
    private func matroskaEnd() -> Int? {
        guard seek(to: 4), let headerSize = elementSize() else { return nil }
        guard seek(to: position + headerSize), readAll(4) == [0x18, 0x53, 0x80, 0x67],
            let size = elementSize()
        else { return nil }
        return position + size
    }

    /// A length of one to eight bytes; nil where all its bits are set, or it is none.
    private func elementSize() -> Int? {
        guard let first = readAll(1).first, first != 0 else { return nil }
        let width = first.leadingZeroBitCount + 1
        let rest = readAll(width - 1)
        guard rest.count == width - 1 else { return nil }
        let marker = UInt64(1) << (7 * UInt64(width))
        let value = ([first] + rest).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & (marker - 1)
        return value == marker - 1 || value >= 1 << 48 ? nil : Int(value)
    }

    /// Where the last box of an MP4 file ends by its size.
    ///
    /// Source: ISO/IEC 14496-12, section 4.2.
    private func lastBoxEnd(_ length: Int) -> Int {
        var end = 0
        // A fragmented film has two boxes for every second or so.
        for _ in 0..<100_000 where end + 8 <= length {
            guard seek(to: end) else { break }
            let fields = ByteFields(readAll(16), isBigEndian: true)
            var size = fields.uint32(at: 0)
            if size == 1 { size = fields.uint64(at: 8) ?? 0 }
            // Size 0 goes to the end of the file.
            guard size >= 8, size < 1 << 48 else { break }
            end += size
        }
        return end
    }
}

/// The kind of the box that starts with these bytes.
func boxName(_ bytes: [UInt8]) -> String { ByteFields(bytes).name(at: 4) }
