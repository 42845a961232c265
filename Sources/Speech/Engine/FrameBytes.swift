/// One message between the two processes of a speaker, as bytes under construction.
///
/// A frame is its length in four bytes, a byte that tells its kind, and its fields. Numbers have
/// four bytes, the lowest first; a text is its length and its UTF-8.
struct FrameWriter {
    /// With the length in front.
    private(set) var bytes: [UInt8]

    init(kind: UInt8) { bytes = [0, 0, 0, 0, kind] }

    mutating func add(_ number: Int) {
        let pattern = UInt32(truncatingIfNeeded: number)
        for shift: UInt32 in [0, 8, 16, 24] {
            bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
        }
    }

    mutating func add(_ text: String) {
        add(text.utf8.count)
        bytes += Array(text.utf8)
    }

    mutating func add(_ texts: [String]) {
        add(texts.count)
        for text in texts { add(text) }
    }

    /// Low byte first, whatever the machine: the bytes go on as they are.
    mutating func add(_ samples: [Int16]) {
        add(samples.count)
        // Safe: the bytes of an array that lives through the call.
        unsafe samples.map { $0.littleEndian }.withUnsafeBytes { unsafe bytes += $0 }
    }

    /// The finished frame.
    consuming func frame() -> [UInt8] {
        let count = UInt32(bytes.count - 4)
        for i in 0..<4 { bytes[i] = UInt8(truncatingIfNeeded: count >> (8 * UInt32(i))) }
        return bytes
    }
}

/// The fields of a frame, taken one after the other; nothing is read that is not there.
struct FrameReader {
    /// A field is cut off, or its length is more than there is.
    struct Damage: Error {}

    private var rest: ArraySlice<UInt8>

    /// - Parameter fields: what follows the kind.
    init(_ fields: ArraySlice<UInt8>) { rest = fields }

    mutating func number() throws(Damage) -> Int {
        Int(Int32(truncatingIfNeeded: try take(4).reversed().reduce(0) { $0 << 8 | Int($1) }))
    }

    mutating func text() throws(Damage) -> String {
        String(decoding: try take(try number()), as: UTF8.self)
    }

    mutating func texts() throws(Damage) -> [String] {
        var texts: [String] = []
        for _ in 0..<max(0, try number()) { texts.append(try text()) }
        return texts
    }

    mutating func samples() throws(Damage) -> [Int16] {
        let count = try number()
        guard count >= 0, count <= rest.count / 2 else { throw Damage() }
        let bytes = try take(2 * count)
        // Safe: there are as many bytes as the samples have room for, and all of it is filled.
        let samples = unsafe [Int16](unsafeUninitializedCapacity: count) { room, filled in
            unsafe UnsafeMutableRawBufferPointer(room).copyBytes(from: bytes)
            filled = count
        }
        return samples.map { Int16(littleEndian: $0) }
    }

    private mutating func take(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw Damage() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

/// Bytes from a socket, cut into frames.
struct FrameStream {
    /// No message is larger; what claims to be comes from a process that is out of its mind.
    static let longestFrame = 16 << 20

    private var bytes: [UInt8] = []
    private var start = 0

    mutating func add(_ received: ArraySlice<UInt8>) {
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        } else if start > 1 << 20 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += received
    }

    /// - Returns: the kind and the fields of the next frame; nil while it is not complete.
    mutating func next() throws(FrameReader.Damage) -> (kind: UInt8, fields: FrameReader)? {
        guard bytes.count - start >= 5 else { return nil }
        let count = bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard count >= 1, count <= Self.longestFrame else { throw FrameReader.Damage() }
        let end = start + 4 + count
        guard bytes.count >= end else { return nil }
        defer { start = end }
        return (bytes[start + 4], FrameReader(bytes[start + 5..<end]))
    }
}
