/// Random numbers that are the same everywhere for one seed.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// One or two kinds of damage, one after the other.
///
/// - Parameters:
///   - whole: the file to damage.
///   - other: another file, which pieces are taken from.
///   - random: decides all of it.
/// - Returns: the damaged file, at most some 200 kB longer than twice both together.
func damaged(
    _ whole: [UInt8], by other: [UInt8], using random: inout SeededRandom
) -> [UInt8] {
    var bytes = whole
    for _ in 0..<Int.random(in: 1...2, using: &random) {
        guard let damage = kindsOfDamage.randomElement(using: &random) else { continue }
        damage(&bytes, other, &random)
    }
    // A checksum or a length would stop most damage before it reaches the code behind it.
    if Bool.random(using: &random) {
        repairPNGChecksums(&bytes)
        repairHeaderLength(&bytes, after: whole)
    }
    return bytes
}

private typealias Damage = @Sendable (inout [UInt8], [UInt8], inout SeededRandom) -> Void

private let kindsOfDamage: [Damage] = [
    { bytes, _, random in flipBits(&bytes, &random) },
    { bytes, _, random in flipBits(&bytes, &random) },
    { bytes, _, random in flipBits(&bytes, &random) },
    { bytes, _, random in setBytes(&bytes, &random) },
    { bytes, _, random in editLength(&bytes, &random) },
    { bytes, _, random in editLength(&bytes, &random) },
    { bytes, _, random in repeatByte(&bytes, &random) },
    { bytes, _, random in editNumber(&bytes, &random) },
    { bytes, _, random in bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) },
    { bytes, _, random in bytes.removeSubrange(piece(of: bytes, &random)) },
    { bytes, _, random in
        bytes.insert(contentsOf: bytes[piece(of: bytes, &random)], at: place(in: bytes, &random))
    },
    { bytes, other, random in
        bytes.replaceSubrange(
            piece(of: bytes, &random), with: other[piece(of: other, &random)])
    },
]

private func place(in bytes: [UInt8], _ random: inout SeededRandom) -> Int {
    // Headers hold most decisions: half of all damage goes there.
    let end = Bool.random(using: &random) ? min(bytes.count, 128) : bytes.count
    return Int.random(in: 0...end, using: &random)
}

private func piece(of bytes: [UInt8], _ random: inout SeededRandom) -> Range<Int> {
    let start = place(in: bytes, &random)
    let most = min(bytes.count - start, Bool.random(using: &random) ? 16 : 4096)
    return start..<start + Int.random(in: 0...most, using: &random)
}

private func flipBits(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    for _ in 0..<Int.random(in: 1...4, using: &random) {
        let i = place(in: bytes, &random)
        if i < bytes.count { bytes[i] ^= 1 << UInt8.random(in: 0...7, using: &random) }
    }
}

private func setBytes(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF]
    for i in piece(of: bytes, &random) {
        bytes[i] = extremes.randomElement(using: &random) ?? 0
    }
}

/// Overwrites one to eight bytes with a number that lengths and counts go wrong at.
private func editLength(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let i = place(in: bytes, &random)
    let left = bytes.count - i
    let width = [1, 2, 4, 8].randomElement(using: &random) ?? 4
    let edges: [UInt64] = [
        0, 1, 2, UInt64(left), UInt64(left) + 1, UInt64(bytes.count), 0x7FFF, 0xFFFF,
        0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, UInt64(Int64.max), .max,
    ]
    guard left >= width, var value = edges.randomElement(using: &random) else { return }
    let bigEndian = Bool.random(using: &random)
    for k in 0..<width {
        bytes[bigEndian ? i + width - 1 - k : i + k] = UInt8(truncatingIfNeeded: value)
        value >>= 8
    }
}

/// Overwrites digits of a text with a number that counts and offsets go wrong at.
private func editNumber(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    let start = place(in: bytes, &random)
    guard let first = bytes[start...].prefix(4096).firstIndex(where: isDigit) else { return }
    let edges = [
        "0", "-1", "00", "0.5", "1e9", "1e999", "-0", "2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808", "18446744073709551615",
    ]
    let number = edges.randomElement(using: &random) ?? "0"
    let end = bytes[first...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(first..<end, with: number.utf8)
}

/// Makes one byte many: an open bracket becomes a depth that recursion goes wrong at.
private func repeatByte(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let i = place(in: bytes, &random)
    guard i < bytes.count else { return }
    let count = Int.random(in: 0..<16, using: &random) == 0 ? 100_000 : 300
    bytes.insert(contentsOf: repeatElement(bytes[i], count: count), at: i)
}

/// Gives a safetensors file the length that its header has now, if the header was what changed;
/// does nothing to other files.
private func repairHeaderLength(_ bytes: inout [UInt8], after whole: [UInt8]) {
    guard whole.count > 8, whole[8] == UInt8(ascii: "{"), bytes.count >= 8 else { return }
    let old = whole[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let length = old &+ UInt64(bytes.count) &- UInt64(whole.count)
    for i in 0..<8 { bytes[i] = UInt8(truncatingIfNeeded: length >> (8 * UInt64(i))) }
}

/// Does nothing to what is not a PNG.
private func repairPNGChecksums(_ bytes: inout [UInt8]) {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return }
    var i = 8
    while i + 12 <= bytes.count {
        let length = bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - i - 12 else { return }
        var checksum = crc32(bytes[i + 4..<i + 8 + length])
        for k in (0..<4).reversed() {
            bytes[i + 8 + length + k] = UInt8(truncatingIfNeeded: checksum)
            checksum >>= 8
        }
        i += 12 + length
    }
}

/// Source: PNG specification, annex D.
private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
        crc >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
    }
}

private let crcTable: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
}
