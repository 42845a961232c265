import Keeping

/// A file that is not whole yet, with the digest of what it has.
final class PartialFile {
    private let file: OpenFile
    private let expected: FileDigest?
    /// Of the whole; nil where nobody said.
    private let size: Int?
    private var digest: RunningDigest

    /// Opens what an earlier try left, and reads it.
    ///
    /// - Parameters:
    ///   - path: of the file
    ///   - size: of the whole; nil where nobody said
    ///   - expected: the digest of the whole; nil where nobody said
    /// - Throws: `DiskFault`.
    init(_ path: String, size: Int?, expected: FileDigest?) throws(DiskFault) {
        file = try OpenFile(continuing: path)
        self.size = size
        self.expected = expected
        digest = RunningDigest(like: expected, size: size)
        if let size, file.size > size { try restart() }
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            digest.update(buffer[..<count])
        }
        if let size { try file.reserve(size) }
    }

    /// Bytes so far.
    var count: Int { digest.byteCount }

    var value: FileDigest { digest.value }

    @unsafe func append(_ bytes: UnsafeRawBufferPointer) throws(DiskFault) {
        // Safe: the caller's buffer, lent on for the calls.
        try unsafe file.write(bytes)
        unsafe digest.update(bytes)
    }

    /// Begins again with nothing.
    func restart() throws(DiskFault) {
        try file.empty()
        digest = RunningDigest(like: expected, size: size)
    }

    /// Gives the file its name.
    ///
    /// - Throws: `DiskFault`.
    func finish(as path: String) throws(DiskFault) {
        try file.sync()
        try Disk.rename(file.path, to: path)
    }
}
