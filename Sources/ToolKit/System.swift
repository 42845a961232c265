import Glibc

/// The calls of this target into the C library that take pointers; each is total and safe to use.
///
/// A failed call leaves its reason in ``SystemReason/last``.
enum System {
    /// - Returns: a descriptor, or -1.
    static func open(_ path: [UInt8], _ flags: Int32, mode: mode_t = 0) -> Int32 {
        // Safe: the array ends with the 0 that the call reads up to, and lives through the call.
        unsafe Glibc.open(path.map { CChar(bitPattern: $0) } + [0], flags | O_CLOEXEC, mode)
    }

    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0) -> Int32 {
        open(Array(path.utf8), flags, mode: mode)
    }

    /// Gives the numbers 0 to 2 to `/dev/null` where the parent closed them, opened the wrong way
    /// round, so that using them fails.
    ///
    /// Without that the next file to be opened gets the number, and the answer goes into it.
    static func occupyClosedStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // Safe: the string lives through the call. The lowest free number is this one.
            _ = unsafe Glibc.open(
                "/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// - Returns: what the system knows of an open file.
    static func status(of descriptor: Int32) -> stat? {
        var status = stat()
        // Safe: the structure lives on this stack for the length of the call.
        return unsafe fstat(descriptor, &status) == 0 ? status : nil
    }

    static func status(of path: String) -> stat? {
        var status = stat()
        // Safe: the structure and the string live for the length of the call.
        return unsafe stat(path, &status) == 0 ? status : nil
    }

    /// - Returns: how many bytes now stand at the start of `buffer`; 0 at the end, -1 on failure.
    static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int {
        // Safe: the call writes at most `buffer.count` bytes.
        unsafe Glibc.read(descriptor, &buffer, buffer.count)
    }

    /// - Returns: how many bytes were taken, or -1.
    static func write(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Int {
        // Safe: the slice lives through the call.
        unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    static func waitUntilWritable(_ descriptor: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // Safe: one entry, which lives on this stack for the length of the call.
        _ = unsafe poll(&entry, 1, -1)
    }

    static func remove(_ path: String) {
        // Safe: the string lives through the call.
        _ = unsafe unlink(path)
    }

    static func rename(_ old: String, to new: String) -> Bool {
        // Safe: both strings live through the call.
        unsafe Glibc.rename(old, new) == 0
    }

    /// The file that a chain of symbolic links ends at; the path itself where there is none.
    static func linksResolved(_ path: String) -> String {
        // Safe: with no buffer given the call returns a new string or nil; it is freed here.
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}

/// Why a system call failed, "No space left on device".
struct SystemReason: Sendable, Equatable {
    let number: Int32

    /// The reason of the call that just failed.
    static var last: SystemReason { SystemReason(number: errno) }

    var meansFull: Bool { number == ENOSPC || number == EDQUOT }

    var words: String {
        // Safe: the text belongs to the C library and is copied at once; one thread asks.
        unsafe String(cString: strerror(number))
    }
}
