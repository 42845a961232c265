/// What a prepared file says of itself, behind everything else it holds.
///
///     layout of the file, every number little-endian:
///     64 bytes   "curbcut\n", the version, 0x01020304, where the table begins, its length, its digest,
///                the digest of these 48 bytes, 8 zeros
///     …          each entry's bytes, from a multiple of 64 on
///     the rest   the table: the sources, then the entries
struct PreparedTable: Sendable, Equatable {
    /// Raised where the file or the meaning of an entry changes; the layout of a matrix has a
    /// number in its own name.
    static let version: UInt32 = 1

    /// A file that the entries were made from.
    struct Source: Sendable, Equatable {
        /// Its last component.
        let name: String
        let identity: FileIdentity
        /// Of its first bytes, which hold the names and shapes of tensors.
        let headDigest: UInt64
    }

    enum Kind: Sendable, Equatable {
        /// Weights packed by a kernel, in a layout that it has a name for.
        case matrix(rows: Int, columns: Int, layout: String)
        /// A tokenizer's tables.
        case tokenizer
    }

    struct Entry: Sendable, Equatable {
        let name: String
        let kind: Kind
        /// In the file.
        let range: Range<Int>
        let digest: UInt64
    }

    var sources: [Source] = []
    var entries: [Entry] = []
}

extension PreparedTable {
    func encoded() -> [UInt8] {
        var out = ByteWriter()
        out.number(sources.count)
        for source in sources {
            out.text(source.name)
            out.number(source.identity.byteCount)
            out.number(source.identity.modifiedSeconds)
            out.number(source.identity.modifiedNanoseconds)
            out.word(source.identity.inode)
            out.word(source.headDigest)
        }
        out.number(entries.count)
        for entry in entries {
            out.text(entry.name)
            switch entry.kind {
            case .tokenizer: out.number(0)
            case .matrix(let rows, let columns, let layout):
                out.number(1)
                out.number(rows)
                out.number(columns)
                out.text(layout)
            }
            out.number(entry.range.lowerBound)
            out.number(entry.range.count)
            out.word(entry.digest)
        }
        return out.bytes
    }

    /// - Parameters:
    ///   - bytes: of the table
    ///   - room: where entries may lie
    /// - Throws: `PreparedFault.damaged` where anything is not as `encoded` writes it.
    init(_ bytes: [UInt8], room: Range<Int>) throws(PreparedFault) {
        var reader = ByteReader(bytes)
        for _ in 0..<(try reader.count(ofAtLeast: 48)) {
            let name = try reader.text()
            let identity = FileIdentity(
                byteCount: try reader.number(), modifiedSeconds: try reader.number(),
                modifiedNanoseconds: try reader.number(), inode: try reader.word())
            sources.append(Source(name: name, identity: identity, headDigest: try reader.word()))
        }
        for _ in 0..<(try reader.count(ofAtLeast: 40)) {
            let name = try reader.text()
            let kind = try PreparedTable.kind(&reader)
            let (begin, count) = (try reader.number(), try reader.number())
            guard begin >= room.lowerBound, begin <= room.upperBound, begin.isMultiple(of: 64),
                count >= 0, count <= room.upperBound - begin
            else { throw .damaged(part: "the place of '\(name)'") }
            entries.append(
                Entry(
                    name: name, kind: kind, range: begin..<(begin + count),
                    digest: try reader.word()))
        }
        try reader.end()
    }

    private static func kind(_ reader: inout ByteReader) throws(PreparedFault) -> Kind {
        switch try reader.number() {
        case 0: return .tokenizer
        case 1:
            let (rows, columns) = (try reader.number(), try reader.number())
            return .matrix(rows: rows, columns: columns, layout: try reader.text())
        default: throw .damaged(part: "the kind of an entry")
        }
    }
}
