import CDisk
import Glibc

/// A file that is open, closed when it is let go of.
package struct OpenFile: ~Copyable, Sendable {
    package let path: String
    private let descriptor: Int32

    /// Opens a file that exists.
    package init(reading path: String) throws(DiskFault) {
        try self.init(path, O_RDONLY)
    }

    /// Opens a file to go on with it, or makes it.
    package init(continuing path: String) throws(DiskFault) {
        try self.init(path, O_RDWR | O_CREAT | O_NOFOLLOW)
    }

    private init(_ path: String, _ flags: Int32) throws(DiskFault) {
        // Safe: the string lives for the length of the call.
        descriptor = unsafe open(path, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .last }
        self.path = path
    }

    deinit { close(descriptor) }

    package var size: Int {
        var status = stat()
        // Safe: the structure lives for the length of the call.
        return unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// - Returns: how many bytes now stand at the start of the buffer; 0 at the end.
    package func read(into buffer: inout [UInt8]) throws(DiskFault) -> Int {
        while true {
            // Safe: the call writes at most `buffer.count` bytes.
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw .last }
        }
    }

    /// Writes all of the bytes where the file stands.
    @unsafe package func write(_ bytes: UnsafeRawBufferPointer) throws(DiskFault) {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            // Safe: the call reads at most `rest.count` bytes of the caller's buffer.
            let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    package func write(_ bytes: [UInt8]) throws(DiskFault) {
        // Safe: the array is lent for the call.
        let result = unsafe bytes.withUnsafeBytes { buffer in
            Result { () throws(DiskFault) in unsafe try write(buffer) }
        }
        try result.get()
    }

    /// Has the disk keep room for a file of so many bytes, whose size stays as it is.
    ///
    /// - Throws: `DiskFault` that means full; a file system that cannot promise room is not asked.
    package func reserve(_ byteCount: Int) throws(DiskFault) {
        guard byteCount > 0 else { return }
        let fault = DiskFault(number: cc_reserve(descriptor, Int64(byteCount)))
        if fault.meansFull { throw fault }
    }

    /// Makes the file empty.
    package func empty() throws(DiskFault) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw .last
        }
    }

    /// Has the bytes outlive a power cut.
    package func sync() throws(DiskFault) {
        guard fsync(descriptor) == 0 else { throw .last }
    }

    /// - Returns: whether nobody else holds the lock of this file; then it is ours until the end.
    package func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// True where the path still leads to this file.
    package var hasItsName: Bool {
        var (open, named) = (stat(), stat())
        // Safe: the structures and the path live for the length of the calls.
        return unsafe fstat(descriptor, &open) == 0 && lstat(path, &named) == 0
            && open.st_ino == named.st_ino && open.st_dev == named.st_dev
    }
}

extension Disk {
    /// - Returns: all of a file, up to a limit.
    package static func contents(_ path: String, limit: Int = 1 << 24) throws(DiskFault) -> [UInt8]
    {
        let file = try OpenFile(reading: path)
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while contents.count < limit {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            contents += buffer[..<count]
        }
        return contents
    }

    /// Writes a small file whole: it appears with its contents, or not at all.
    package static func write(_ bytes: [UInt8], to path: String) throws(DiskFault) {
        let temporary = path + ".new"
        remove(temporary)
        do {
            let file = try OpenFile(continuing: temporary)
            try file.write(bytes)
            try file.sync()
        } catch {
            remove(temporary)
            throw error
        }
        try rename(temporary, to: path)
    }
}
