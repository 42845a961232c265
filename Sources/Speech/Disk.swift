import Glibc

/// The few questions of this target to the file system.
enum Disk {
    enum Contents {
        case bytes([UInt8])
        case missing
        /// It is there, and this user may not read it.
        case forbidden
        case notAFile
    }

    // Safe, in all of these: each string lives through the call that reads it, each structure and
    // buffer lives on this stack, and results that the C library owns are copied at once.

    static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// - Returns: the whole file, or its first `limit + 1` bytes where it is larger.
    static func contents(of path: String, limit: Int) -> Contents {
        // Not waiting: a named pipe has no writer yet, perhaps never.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == EACCES ? .forbidden : .missing }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .notAFile
        }
        var buffer = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < buffer.count {
            let room = buffer.count - count
            let got = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress.map { unsafe $0 + count }, room)
            }
            guard got > 0 else { break }
            count += got
        }
        return .bytes(Array(buffer[..<count]))
    }

    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
