extension InputBytes {
    /// Whether a film's container promises more bytes than there are: its end is missing.
    ///
    /// FFmpeg ends such a film without a word. Only of a plain file; of a pipe the end tells it.
    func isShorterThanItsContainer() -> Bool {
        guard let length, seek(to: 0) else { return false }
        let start = readAll(12)
        if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            return matroskaEnd().map { $0 > length } ?? false
        }
        guard ["ftyp", "moov", "mdat", "styp", "free", "skip", "wide"].contains(boxName(start))
        else { return false }
        return lastBoxEnd(length) > length
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
