import TestKit

extension TemporaryFolder {
    /// Writes a safetensors file with this header, right or wrong.
    ///
    /// - Parameters:
    ///   - name: relative to the folder.
    ///   - header: what stands after the length of the header.
    ///   - data: what stands after the header.
    /// - Returns: the full path.
    /// - Throws: where it cannot be written.
    @discardableResult
    func write(_ name: String, header: String, data: [UInt8]) throws -> String {
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        return try write(name, length + Array(header.utf8) + data)
    }
}
