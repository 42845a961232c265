/// A vocabulary: tokens as UTF-8 with their ids, found by either.
///
/// All tokens lie in one array and are found by a hash of their bytes, so that fifty thousand of
/// them are read in milliseconds; a dictionary of strings takes ten times as long.
struct TokenTable: Sendable {
    private var bytes: [UInt8] = []
    /// Where the token of an entry ends in `bytes`; it starts where the one before ends.
    private var ends: [Int] = [0]
    private var ids: [Int] = []
    private var hashes: [UInt32] = []
    /// Entry of an id, -1 where there is none.
    private var entryOfID: [Int32] = []
    /// Open addressing with linear probing: entry numbers, -1 where free.
    private var slots: [Int32] = Array(repeating: -1, count: 64)

    /// More than any tokenizer has; keeps a lying id from taking all memory.
    static let idLimit = 1 << 24

    var count: Int { ids.count }

    /// The highest id and one.
    var idEnd: Int { entryOfID.count }

    func id(of token: some Collection<UInt8>) -> Int? { id(of: Array(token).span) }

    func id(of token: Span<UInt8>) -> Int? {
        let entry = slots[slot(of: token, TokenTable.hash(token))]
        return entry < 0 ? nil : ids[Int(entry)]
    }

    /// Looks first at the token that was entered after that of another id: a trained tokenizer lists
    /// its merges in the order of what they make.
    func id(of token: Span<UInt8>, expectedAfter id: Int) -> Int? {
        if entryOfID.indices.contains(id) {
            let next = Int(entryOfID[id]) + 1
            if next < count, spells(next, token) { return ids[next] }
        }
        return self.id(of: token)
    }

    func token(of id: Int) -> ArraySlice<UInt8>? {
        guard id >= 0, id < entryOfID.count, entryOfID[id] >= 0 else { return nil }
        let entry = Int(entryOfID[id])
        return bytes[ends[entry]..<ends[entry + 1]]
    }

    /// Adds a token.
    ///
    /// - Parameters:
    ///   - token: its bytes
    ///   - id: its id
    ///   - isTwinAllowed: whether the token may be there already; its first id is found by it
    /// - Returns: false when the token or the id is there already or the id is out of range.
    mutating func insert(
        _ token: some Collection<UInt8>, id: Int, isTwinAllowed: Bool = false
    ) -> Bool {
        insert(Array(token).span, id: id, isTwinAllowed: isTwinAllowed)
    }

    mutating func insert(_ token: Span<UInt8>, id: Int, isTwinAllowed: Bool = false) -> Bool {
        guard id >= 0, id < TokenTable.idLimit else { return false }
        if (count + 1) * 2 > slots.count { grow() }
        let hash = TokenTable.hash(token)
        let free = slot(of: token, hash)
        guard slots[free] < 0 || isTwinAllowed, self.token(of: id) == nil else { return false }
        if slots[free] < 0 { slots[free] = Int32(count) }
        if id >= entryOfID.count {
            entryOfID.append(contentsOf: repeatElement(-1, count: id + 1 - entryOfID.count))
        }
        entryOfID[id] = Int32(count)
        for i in token.indices { bytes.append(token[i]) }
        ends.append(bytes.count)
        ids.append(id)
        hashes.append(hash)
        return true
    }

    private func slot(of token: Span<UInt8>, _ hash: UInt32) -> Int {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] >= 0, !holds(Int(slots[slot]), token, hash) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func holds(_ entry: Int, _ token: Span<UInt8>, _ hash: UInt32) -> Bool {
        hashes[entry] == hash && spells(entry, token)
    }

    private func spells(_ entry: Int, _ token: Span<UInt8>) -> Bool {
        let start = ends[entry]
        guard ends[entry + 1] - start == token.count else { return false }
        let stored = bytes.span
        for i in token.indices where stored[start + i] != token[i] { return false }
        return true
    }

    private mutating func grow() { fillSlots(slots.count * 2) }

    private mutating func fillSlots(_ size: Int) {
        slots = Array(repeating: -1, count: size)
        for entry in 0..<count {
            var slot = Int(hashes[entry]) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(entry)
        }
    }

    /// FNV-1a, its upper bits folded down.
    private static func hash(_ token: Span<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for i in token.indices { hash = (hash ^ UInt64(token[i])) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}

extension TokenTable {
    func write(_ out: inout ByteWriter) {
        out.blob(bytes)
        out.halves(ends.dropFirst().map { UInt32(truncatingIfNeeded: $0) })
        out.halves(ids.map { UInt32(truncatingIfNeeded: $0) })
        out.halves(hashes)
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `PreparedFault.damaged` where tokens end before they begin, or an id is out of
    ///   range.
    init(_ reader: inout ByteReader) throws(PreparedFault) {
        bytes = Array(try reader.blob())
        for end in try reader.halves() {
            guard end >= ends[ends.count - 1], end <= bytes.count else {
                throw .damaged(part: "a vocabulary")
            }
            ends.append(Int(end))
        }
        ids = try reader.halves().map(Int.init)
        hashes = try reader.halves()
        guard let highest = ids.max() ?? .some(-1), highest < TokenTable.idLimit,
            ids.count == ends.count - 1, hashes.count == ids.count
        else { throw .damaged(part: "a vocabulary") }
        entryOfID = Array(repeating: -1, count: highest + 1)
        for (entry, id) in ids.enumerated() { entryOfID[id] = Int32(entry) }
        var size = slots.count
        while size < 2 * count { size *= 2 }
        fillSlots(size)
    }
}
