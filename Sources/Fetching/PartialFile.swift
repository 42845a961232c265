import Keeping
import NIOCore

/// A file that is not whole yet, with the digest of what it has.
///
/// The digest is computed beside the writing, by a task for each piece; at most one piece waits for
/// it, so memory is bounded.
final class PartialFile {
    private let file: OpenFile
    private let expected: FileDigest?
    /// Of the whole; nil where nobody said.
    private let size: Int?
    private var digest: Task<RunningDigest, Never>
    /// Bytes so far.
    private(set) var count: Int

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
        var digest = RunningDigest(like: expected, size: size)
        if let size, file.size > size { try file.empty() }
        try digest.update(toEndOf: file)
        count = digest.byteCount
        self.digest = PartialFile.task(digest)
    }

    /// The digest of all bytes so far.
    var value: FileDigest {
        get async { await digest.value.value }
    }

    /// - Throws: `DiskFault`.
    func append(_ piece: ByteBuffer) async throws {
        let before = digest
        digest = Task {
            var digest = await before.value
            // Safe: the piece is lent for the call.
            unsafe piece.withUnsafeReadableBytes { unsafe digest.update($0) }
            return digest
        }
        // Safe: as above.
        try unsafe piece.withUnsafeReadableBytes { try unsafe file.write($0) }
        count += piece.readableBytes
        _ = await before.value
    }

    /// Begins again with nothing.
    func restart() throws(DiskFault) {
        try file.empty()
        digest = PartialFile.task(RunningDigest(like: expected, size: size))
        count = 0
    }

    /// Gives the file its name.
    ///
    /// - Throws: `DiskFault`.
    func finish(as path: String) throws(DiskFault) {
        try file.sync()
        try Disk.rename(file.path, to: path)
    }

    private static func task(_ digest: RunningDigest) -> Task<RunningDigest, Never> {
        Task { digest }
    }
}
