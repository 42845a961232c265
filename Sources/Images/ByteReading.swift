/// Reads at any place that hostile bytes may point to.
extension [UInt8] {
    /// - Returns: whether `expected` lies at `offset`; false where it would pass the end.
    func has(_ expected: some Collection<UInt8>, at offset: Int = 0) -> Bool {
        guard offset >= 0, offset <= count, expected.count <= count - offset else { return false }
        return self[offset..<offset + expected.count].elementsEqual(expected)
    }

    func bigEndian16(at offset: Int) -> Int? { number(2, at: offset, bigEndian: true) }
    func bigEndian32(at offset: Int) -> Int? { number(4, at: offset, bigEndian: true) }
    func littleEndian32(at offset: Int) -> Int? { number(4, at: offset, bigEndian: false) }

    /// - Returns: an unsigned number of 1 to 4 bytes, nil where it would pass the end.
    func number(_ byteCount: Int, at offset: Int, bigEndian: Bool) -> Int? {
        guard offset >= 0, offset <= count, byteCount <= count - offset else { return nil }
        return (0..<byteCount).reduce(0) { value, i in
            value << 8 | Int(self[offset + (bigEndian ? i : byteCount - 1 - i)])
        }
    }
}

extension Collection<UInt8> {
    /// - Complexity: O(n · m); for short starts of files only.
    func containsRun(_ run: some Collection<UInt8>) -> Bool {
        var rest = self[...]
        while rest.count >= run.count {
            if rest.starts(with: run) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
