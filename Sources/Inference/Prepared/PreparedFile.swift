import Kernels

/// What a model needs once it is loaded, as an earlier start left it: mapped and used as it lies.
///
/// Each start checks the header and the table by their digests, that every entry lies in the file,
/// and that the model's files are those that the table names (size, time of change, number of the
/// file, and the digest of its first 256 KiB); `verify` reads everything.
package struct PreparedFile: Sendable {
    package let path: String
    let table: PreparedTable
    private let file: MappedFile
    private let entries: [String: PreparedTable.Entry]

    static let headerSize = 64
    private static let mark = Array("curbcut\n".utf8)
    private static let byteOrder: UInt32 = 0x0102_0304

    /// - Throws: `PreparedFault`.
    package init(path: String) throws(PreparedFault) {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw .unreadable(error) }
        let range = try PreparedFile.tableRange(file)
        table = try PreparedTable(
            file.bytes(in: range), room: PreparedFile.headerSize..<range.lowerBound)
        entries = Dictionary(table.entries.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        self.path = path
        self.file = file
    }

    /// Reads the header.
    ///
    /// - Returns: where the table is, whose digest is right.
    private static func tableRange(_ file: MappedFile) throws(PreparedFault) -> Range<Int> {
        let header = file.bytes(in: 0..<min(headerSize, file.count))
        guard header.starts(with: mark), header.count == headerSize else { throw .otherFile }
        var reader = ByteReader(Array(header.dropFirst(mark.count)))
        let version = try reader.half()
        guard version == PreparedTable.version else { throw .version(version) }
        guard try reader.half() == byteOrder else { throw .damaged(part: "the order of bytes") }
        let (begin, count) = (try reader.number(), try reader.number())
        let tableDigest = try reader.word()
        guard try reader.word() == digest(header[..<(headerSize - 24)]) else {
            throw .damaged(part: "the header")
        }
        guard begin >= headerSize, begin <= file.count, count == file.count - begin,
            digest(of: file, in: begin..<file.count) == tableDigest
        else { throw .damaged(part: "the table") }
        return begin..<file.count
    }

    static func header(table: [UInt8], at offset: Int) -> [UInt8] {
        var out = ByteWriter()
        out.append(mark)
        out.half(PreparedTable.version)
        out.half(byteOrder)
        out.number(offset)
        out.number(table.count)
        out.word(digest(table[...]))
        out.word(digest(out.bytes[...]))
        out.append(repeatElement(0, count: headerSize - out.bytes.count))
        return out.bytes
    }

    /// The matrix of that name, kind and size; nil where there is none.
    func matrix(named name: String, _ kind: PreparedTable.Kind, count: Int) -> PackedBytes? {
        guard let entry = entries[name], entry.kind == kind, entry.range.count == count else {
            return nil
        }
        return PackedBytes(file, entry.range)
    }

    /// A copy of an entry.
    func contents(named name: String, _ kind: PreparedTable.Kind) -> [UInt8]? {
        guard let entry = entries[name], entry.kind == kind else { return nil }
        return file.bytes(in: entry.range)
    }

    /// True where every matrix lies in one of these layouts.
    func isLaidOut(in layouts: [String]) -> Bool {
        table.entries.allSatisfy { entry in
            guard case .matrix(_, _, let layout) = entry.kind else { return true }
            return layouts.contains(layout)
        }
    }

    /// Reads all of the file and compares every digest.
    ///
    /// - Throws: `PreparedFault.damaged` with the first entry that is not as it was written.
    package func verify() throws(PreparedFault) {
        for entry in table.entries
        where PreparedFile.digest(of: file, in: entry.range) != entry.digest {
            throw .damaged(part: "'\(entry.name)'")
        }
    }

    static func digest(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        // Safe: the buffer is lent for the call.
        unsafe bytes.withUnsafeBytes { unsafe digest($0) }
    }

    static func digest(of file: MappedFile, in range: Range<Int>) -> UInt64 {
        file.withBytes(in: range) { span in
            // Safe: as above.
            unsafe span.withUnsafeBytes { unsafe digest($0) }
        }
    }

    @unsafe static func digest(_ buffer: UnsafeRawBufferPointer) -> UInt64 {
        // Safe: the kernel reads as many bytes as the buffer has.
        unsafe cc_digest(buffer.baseAddress, buffer.count, 0)
    }
}
