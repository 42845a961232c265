/// Numbers and texts one after the other, little-endian; `ByteReader` reads them back.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func word(_ value: UInt64) {
        for i in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * i))) }
    }

    mutating func half(_ value: UInt32) {
        for i in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * i))) }
    }

    mutating func number(_ value: Int) { word(UInt64(bitPattern: Int64(value))) }

    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// A length and as many bytes.
    mutating func blob(_ more: some Collection<UInt8>) {
        number(more.count)
        append(more)
    }

    /// How many numbers of 32 bits, and the numbers; `ByteReader.halves` reads them at once.
    mutating func halves(_ values: [UInt32]) {
        number(values.count)
        for value in values { half(value) }
    }

    mutating func text(_ text: String) { blob(Array(text.utf8)) }
}

/// Reads what a `ByteWriter` wrote; no length is believed further than the bytes reach.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func take(_ count: Int) throws(PreparedFault) -> Range<Int> {
        guard count >= 0, count <= bytes.count - position else { throw .damaged(part: "its end") }
        defer { position += count }
        return position..<(position + count)
    }

    mutating func word() throws(PreparedFault) -> UInt64 {
        bytes[try take(8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func half() throws(PreparedFault) -> UInt32 {
        bytes[try take(4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func number() throws(PreparedFault) -> Int {
        Int(truncatingIfNeeded: Int64(bitPattern: try word()))
    }

    /// How many things follow, each of which takes at least `least` bytes.
    mutating func count(ofAtLeast least: Int) throws(PreparedFault) -> Int {
        let count = try number()
        guard count >= 0, count <= (bytes.count - position) / least else {
            throw .damaged(part: "a count")
        }
        return count
    }

    mutating func blob() throws(PreparedFault) -> ArraySlice<UInt8> {
        bytes[try take(try number())]
    }

    mutating func text() throws(PreparedFault) -> String {
        String(decoding: try blob(), as: UTF8.self)
    }

    /// Whole numbers of 32 bits, as many as their count says.
    mutating func halves() throws(PreparedFault) -> [UInt32] {
        let count = try count(ofAtLeast: 4)
        let range = try take(4 * count)
        // Safe: `range` is in bounds, and loads need no alignment.
        return unsafe bytes.withUnsafeBytes { buffer in
            (0..<count).map { i in
                unsafe buffer.loadUnaligned(
                    fromByteOffset: range.lowerBound + 4 * i, as: UInt32.self)
            }
        }
    }

    /// Checks that nothing follows.
    func end() throws(PreparedFault) {
        guard position == bytes.count else { throw .damaged(part: "its end") }
    }
}
