import Glibc

/// The lines of a file that the kernel makes up, which has no length beforehand.
///
/// - Parameter path: under `/proc` or `/sys`
/// - Returns: none where it cannot be opened; lines of more than 4,095 bytes in pieces
func systemLines(_ path: String) -> [String] {
    // Safe: name and mode are strings of our own, and the file is closed below.
    guard let file = unsafe fopen(path, "re") else { return [] }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 4_096)
    var lines: [String] = []
    // Safe: the array is as long as the call is told, and is ended by a zero.
    while unsafe fgets(&line, Int32(line.count), file) != nil {
        let bytes = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
        lines.append(String(decoding: bytes, as: UTF8.self))
    }
    return lines
}
