import Glibc

/// The bytes of a recording, read by codecs that go back and forth in them.
///
/// A plain file can be gone back in everywhere, a pipe only while its first bytes are kept:
///
///     pipe    |<- head, kept while the format is being found ->|<- read once, then gone ->
///
/// What comes from a pipe is handed on as soon as it is there.
package final class InputBytes {
    private var descriptor: Int32
    private var ownsDescriptor = false
    /// Where a plain file stood when it was handed over.
    private var origin = 0
    package private(set) var position = 0
    /// Of all bytes; nil for a pipe.
    package private(set) var length: Int?
    /// The first bytes of a pipe.
    private var head: [UInt8] = []
    private var keepsHead: Bool
    /// The bytes of a pipe that were read last.
    private var tail: [UInt8] = []
    /// The number of the first read that failed; the ones after it are not tried.
    package private(set) var failure: Int32?

    /// As much as FFmpeg reads to find out what a stream holds (its `probesize`), and some more.
    private static let largestHead = 8 << 20
    /// The longest page of an Ogg stream, and the head of one.
    private static let largestTail = 1 << 17

    /// - Parameter descriptor: open for reading; it is not closed.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
        if let size = plainFileSize(descriptor) {
            origin = max(0, lseek(descriptor, 0, SEEK_CUR))
            length = max(0, size - origin)
        }
        keepsHead = length == nil
    }

    deinit { if ownsDescriptor { close(descriptor) } }

    /// Reads what is there, and waits only where nothing is.
    ///
    /// - Parameter count: the most to read.
    /// - Returns: empty at the end and after a failure.
    func read(upTo count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        // Safe: as many bytes are initialised as `read` says that it wrote.
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            unsafe filled = read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Reads until so many bytes are there or the input ends.
    package func readAll(_ count: Int) -> [UInt8] {
        var bytes = read(upTo: count)
        while bytes.count < count {
            let more = read(upTo: count - bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    /// Reads until the buffer is full or the input ends.
    ///
    /// - Returns: how many bytes were read.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count {
            // Safe: `filled` is within the buffer.
            let count = unsafe read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// The first bytes, which are read again afterwards.
    package func peek(_ count: Int) -> [UInt8] {
        guard seek(to: 0) else { return [] }
        let bytes = readAll(count)
        _ = seek(to: 0)
        return bytes
    }

    /// - Returns: how many bytes were read; 0 at the end and after a failure.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard failure == nil, unsafe !buffer.isEmpty else { return 0 }
        if let length, position >= length { return 0 }
        // Safe: the buffer is the caller's, and each of them fills at most all of it.
        let count =
            length == nil && position < head.count
            ? unsafe copyFromHead(into: buffer) : unsafe readOnce(into: buffer)
        position += count
        return count
    }

    /// - Returns: whether the next read starts there; a pipe goes forward only, and back in its head.
    package func seek(to target: Int) -> Bool {
        guard target >= 0, failure == nil else { return false }
        if length != nil || target == position {
            position = target
            return true
        }
        if target <= head.count, keepsHead || target > position {
            position = target
            return true
        }
        while position < target {
            guard !read(upTo: min(target - position, 1 << 16)).isEmpty else { return false }
        }
        return position == target
    }

    /// The last bytes of a file, or of a pipe that has been read to its end.
    func lastBytes() -> [UInt8] {
        guard let length else { return tail }
        let place = position
        defer { _ = seek(to: place) }
        return seek(to: max(0, length - Self.largestTail)) ? readAll(Self.largestTail) : []
    }

    /// Whether everything from the first byte on can be read again.
    var canStartOver: Bool { length != nil || keepsHead }

    /// Lets go of a pipe's first bytes, once they have been read again.
    package func stopKeeping() {
        keepsHead = false
        if position >= head.count { head = [] }
    }

    private func copyFromHead(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, head.count - position)
        // Safe: `count` is within the buffer and within the head.
        unsafe head[position..<position + count].withUnsafeBytes {
            unsafe buffer.copyMemory(from: $0)
        }
        if !keepsHead, position + count == head.count { head = [] }
        return count
    }

    private func readOnce(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            // Safe: the buffer is `count` bytes long.
            let count =
                unsafe length == nil
                ? Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                : pread(descriptor, buffer.baseAddress, buffer.count, origin + position)
            if count >= 0 {
                if length == nil { unsafe keep(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
                return count
            }
            if errno == EAGAIN {
                waitUntilReadable(descriptor)
            } else if errno != EINTR {
                failure = errno
                return 0
            }
        }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        unsafe tail.append(contentsOf: bytes)
        if tail.count > 2 * Self.largestTail { tail.removeFirst(tail.count - Self.largestTail) }
        guard keepsHead else { return }
        unsafe head.append(contentsOf: bytes)
        if head.count > Self.largestHead { (keepsHead, head) = (false, []) }
    }
}

extension InputBytes {
    /// The most that is kept of a pipe whose format has to be gone back in.
    static let largestSpool = 4 << 30

    /// A plain file of a few bytes, without a name.
    static func holding(_ bytes: [UInt8]) throws(SoundInputError) -> InputBytes {
        let file = try unnamedFile()
        let input = InputBytes(descriptor: file)
        input.ownsDescriptor = true
        try writeAll(bytes, to: file)
        (input.origin, input.length) = (0, bytes.count)
        return input
    }

    /// Turns a pipe that is still whole into a plain file without a name, and goes to its start.
    ///
    /// - Throws: `SoundInputError.cannotSpool` or `.tooLongForPipe`.
    package func spool() throws(SoundInputError) {
        guard length == nil else { return }
        let file = try unnamedFile()
        var written = 0
        var isKept = false
        defer { if !isKept { close(file) } }
        guard seek(to: 0) else { throw .tooLongForPipe }
        stopKeeping()
        while true {
            let bytes = read(upTo: 1 << 16)
            guard !bytes.isEmpty else { break }
            written += bytes.count
            guard written <= Self.largestSpool else { throw .tooLongForPipe }
            try writeAll(bytes, to: file)
        }
        if let failure { throw .cannotRead(reason: failure) }
        isKept = true
        (descriptor, ownsDescriptor, origin, position) = (file, true, 0, 0)
        length = written
    }
}

/// A file that vanishes when it is closed.
///
/// - Returns: its descriptor, open for reading and writing.
/// - Throws: `SoundInputError.cannotSpool`.
package func unnamedFile() throws(SoundInputError) -> Int32 {
    // Safe: the text is copied before anything changes the environment.
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
    // Not /tmp first: where that is memory, a film in it would not be.
    for folder in [named, "/var/tmp", "/tmp"].compactMap({ $0 }) {
        var path = Array((folder + "/curbcut-XXXXXX").utf8CString)
        // Safe: the template ends in 0 and is changed within its length.
        let file = unsafe mkstemp(&path)
        guard file >= 0 else { continue }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        unsafe unlink(path)
        return file
    }
    throw .cannotSpool(reason: systemReason(errno))
}

private func writeAll(_ bytes: [UInt8], to file: Int32) throws(SoundInputError) {
    var sent = 0
    while sent < bytes.count {
        // Safe: what is written lies within the array.
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe write(file, buffer.baseAddress.map { unsafe $0 + sent }, buffer.count - sent)
        }
        if count > 0 {
            sent += count
        } else if errno != EINTR {
            throw .cannotSpool(reason: systemReason(errno))
        }
    }
}

private func plainFileSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    // Safe: the structure lives on this stack through the call.
    let isPlain = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    return isPlain ? Int(status.st_size) : nil
}

private func waitUntilReadable(_ descriptor: Int32) {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // Safe: one entry on this stack.
    _ = unsafe poll(&entry, 1, -1)
}

/// What the system calls an error number.
package func systemReason(_ number: Int32) -> String {
    // Safe: the text belongs to the C library and is copied at once.
    unsafe String(cString: strerror(number))
}
