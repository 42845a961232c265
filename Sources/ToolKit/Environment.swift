/// The environment variables that this process was started with.
///
/// - Returns: the first value of each name, invalid UTF-8 repaired.
package func processEnvironment() -> [String: String] {
    let source = InputPath(bytes: Array("/proc/self/environ".utf8))
    guard let block = try? source.contents(limit: 1 << 24) else { return [:] }
    let pairs = block.split(separator: 0).compactMap { entry -> (String, String)? in
        guard let sign = entry.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let value = entry[entry.index(after: sign)...]
        return (
            String(decoding: entry[..<sign], as: UTF8.self), String(decoding: value, as: UTF8.self)
        )
    }
    return Dictionary(pairs) { first, _ in first }
}
