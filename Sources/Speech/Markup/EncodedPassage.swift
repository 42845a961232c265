/// A passage as UTF-8, for parsers that count in bytes.
struct EncodedPassage {
    private(set) var bytes: [UInt8] = []
    /// For each byte, the index of its scalar's place.
    private var indices: [Int32] = []
    private var passage = Passage()

    init() {}

    init(_ passage: Passage) { add(passage) }

    mutating func add(_ more: Passage) {
        for (scalar, place) in zip(more.scalars, more.places) {
            let encoded = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            bytes += encoded
            indices += [Int32](repeating: Int32(passage.count), count: encoded.count)
            passage.append(scalar, at: place)
        }
    }

    /// The scalars of some bytes, as they are written.
    func passage(of range: Range<Int>) -> Passage {
        guard !range.isEmpty, bytes.indices.contains(range.lowerBound),
            range.upperBound <= bytes.count
        else { return Passage() }
        let first = Int(indices[range.lowerBound])
        return passage[first..<Int(indices[range.upperBound - 1]) + 1]
    }

    /// The scalars of a text that a parser gives, with where it ends or begins, or nearly.
    ///
    /// What is not written like that there, such as an entity, belongs to that place as a whole.
    func passage(of text: [UInt8], endingNear end: Int) -> Passage {
        for lower in [end - text.count, end] where holds(text, at: lower) {
            return passage(of: lower..<lower + text.count)
        }
        if let place = placeOfEntity(endingAt: end), text.count <= 4, text != [UInt8(ascii: ";")] {
            return Passage(String(decoding: text, as: UTF8.self), allAt: place)
        }
        for distance in [-1, 1, -2, 2, -3, 3, -4, 4, -5, -6, -7, -8] {
            let lower = end + distance - text.count
            if holds(text, at: lower) { return passage(of: lower..<lower + text.count) }
        }
        let upper = min(max(end, 0), bytes.count)
        let place = self.place(of: upper)
        return Passage(String(decoding: text, as: UTF8.self), allAt: place..<place)
    }

    /// The scalars of a text that stands somewhere in the 4 KiB before `end`, the last of them.
    func passage(of text: [UInt8], before end: Int) -> Passage? {
        let last = min(end, bytes.count) - text.count
        guard !text.isEmpty, last >= 0 else { return nil }
        for lower in (max(0, last - 4096)...last).reversed() where holds(text, at: lower) {
            return passage(of: lower..<lower + text.count)
        }
        return nil
    }

    private func holds(_ text: [UInt8], at lower: Int) -> Bool {
        lower >= 0 && lower + text.count <= bytes.count
            && bytes[lower..<lower + text.count].elementsEqual(text)
    }

    private func placeOfEntity(endingAt end: Int) -> Range<Int>? {
        guard bytes.indices.contains(end - 1), bytes[end - 1] == UInt8(ascii: ";"),
            let start = bytes[..<end].suffix(40).lastIndex(of: UInt8(ascii: "&"))
        else { return nil }
        return place(of: start)..<place(of: end - 1) + 1
    }

    /// Where a byte is written; the end for a byte behind the last.
    func place(of byte: Int) -> Int {
        guard bytes.indices.contains(byte) else { return passage.places.last?.upperBound ?? 0 }
        return passage.places[Int(indices[byte])].lowerBound
    }

    /// Forgets what is no longer asked for; offsets of later bytes shrink by `count`.
    mutating func removeFirst(_ count: Int) {
        let count = min(count, bytes.count)
        guard count > 0 else { return }
        let scalars = count < bytes.count ? Int(indices[count]) : passage.count
        bytes.removeFirst(count)
        indices.removeFirst(count)
        for i in indices.indices { indices[i] -= Int32(scalars) }
        passage.removeFirst(scalars)
    }
}
