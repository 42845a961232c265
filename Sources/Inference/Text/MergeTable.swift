/// What two neighbouring parts of a word become, by their ids.
///
/// Open addressing over a plain array: fifty thousand merges are entered in a millisecond, where
/// a dictionary takes twenty.
struct MergeTable: Sendable {
    struct Merge: Sendable, Equatable {
        let rank: Int
        let id: Int
    }

    private var count = 0
    /// Left id in the upper half of the key, right id in the lower; `free` where there is none.
    private var slots: [(key: UInt64, rank: Int32, id: Int32)]

    private static let free = UInt64.max  // ids end below `TokenTable.idLimit`

    /// An empty table with room for some merges.
    init(capacity: Int) {
        var size = 64
        while size < 2 * capacity { size *= 2 }
        slots = Array(repeating: (MergeTable.free, 0, 0), count: size)
    }

    subscript(left: Int, right: Int) -> Merge? {
        let found = slots[slot(of: MergeTable.key(left, right))]
        guard found.key != MergeTable.free else { return nil }
        return Merge(rank: Int(found.rank), id: Int(found.id))
    }

    /// Enters a merge, in place of an earlier one of the same parts.
    ///
    /// - Parameters:
    ///   - left: id of the left part
    ///   - right: id of the right part
    ///   - rank: lower is joined first; below 2³¹
    ///   - id: of what they become
    mutating func insert(left: Int, right: Int, rank: Int, id: Int) {
        if 2 * (count + 1) > slots.count { grow() }
        let key = MergeTable.key(left, right)
        let slot = slot(of: key)
        if slots[slot].key == MergeTable.free { count += 1 }
        slots[slot] = (key, Int32(rank), Int32(id))
    }

    private mutating func grow() {
        var larger = MergeTable(capacity: slots.count)
        for merge in slots where merge.key != MergeTable.free {
            larger.slots[larger.slot(of: merge.key)] = merge
        }
        larger.count = count
        self = larger
    }

    private static func key(_ left: Int, _ right: Int) -> UInt64 {
        UInt64(UInt32(left)) << 32 | UInt64(UInt32(right))
    }

    /// Where the key is, or the free place where it would be.
    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        // Fibonacci hashing: the upper half of the product depends on every bit.
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot].key != key, slots[slot].key != MergeTable.free {
            slot = (slot + 1) & mask
        }
        return slot
    }
}

extension MergeTable {
    /// In the order of the slots, in which they are entered fastest.
    func write(_ out: inout ByteWriter) {
        out.halves(
            slots.filter { $0.key != MergeTable.free }.flatMap { slot in
                [
                    UInt32(slot.key >> 32), UInt32(truncatingIfNeeded: slot.key),
                    UInt32(bitPattern: slot.rank), UInt32(bitPattern: slot.id),
                ]
            })
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `PreparedFault.damaged` where a merge makes no token below `idEnd`.
    init(_ reader: inout ByteReader, idEnd: Int) throws(PreparedFault) {
        let words = try reader.halves()
        self.init(capacity: words.count / 4)
        for i in stride(from: 0, to: words.count / 4 * 4, by: 4) {
            guard max(words[i], words[i + 1], words[i + 3]) < idEnd, words[i + 2] <= Int32.max
            else { throw .damaged(part: "the merges") }
            insert(
                left: Int(words[i]), right: Int(words[i + 1]), rank: Int(words[i + 2]),
                id: Int(words[i + 3]))
        }
    }
}
