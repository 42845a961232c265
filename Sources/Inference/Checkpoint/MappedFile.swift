import Glibc

/// A whole regular file, mapped to be read; pages come in when they are touched.
///
/// It also stays open: what is read once, from end to end, costs less to read than to map.
///
/// `@unchecked Sendable`, the only one: the compiler cannot know that the memory behind `base` is
/// never written. It is mapped `PROT_READ` and private, `base`, `count` and `descriptor` never
/// change after `init`, only `deinit` unmaps and closes, and `madvise` and `pread` may be called
/// from any thread.
///
/// Another process that cuts the file short while it is mapped kills this one with `SIGBUS`, as
/// with every mapped file; a model that is replaced must be renamed into place.
@safe package final class MappedFile: @unchecked Sendable {
    package let path: String
    package let count: Int
    let identity: FileIdentity
    /// For kernels that read at a place of their own.
    let descriptor: Int32
    private let base: UnsafeRawPointer?

    /// - Throws: `FileFault` with the reason that the system gave.
    package init(path: String) throws(FileFault) {
        // Safe: the path lives through the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFault(path: path, errno: errno) }
        do {
            identity = try MappedFile.identity(of: descriptor, path)
            count = identity.byteCount
            unsafe base = try MappedFile.mapped(descriptor, count, path)
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
    }

    private static func identity(
        of descriptor: Int32, _ path: String
    ) throws(FileFault) -> FileIdentity {
        var facts = stat()
        // Safe: `facts` is ours and outlives the call.
        guard unsafe fstat(descriptor, &facts) == 0 else {
            throw FileFault(path: path, errno: errno)
        }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw FileFault(path: path, errno: facts.st_mode & S_IFMT == S_IFDIR ? EISDIR : 0)
        }
        return FileIdentity(facts)
    }

    /// What the system says of the file now.
    ///
    /// - Throws: `FileFault` where it says nothing.
    func currentIdentity() throws(FileFault) -> FileIdentity {
        try MappedFile.identity(of: descriptor, path)
    }

    private static func mapped(
        _ descriptor: Int32, _ count: Int, _ path: String
    ) throws(FileFault) -> UnsafeRawPointer? {
        guard count > 0 else { return nil }
        // Safe: the system picks the place; the length is the file's.
        let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
            throw FileFault(path: path, errno: errno)
        }
        return UnsafeRawPointer(mapped)
    }

    deinit {
        // Safe: mapped by `init` with this length, and nobody else unmaps or closes.
        if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
        close(descriptor)
    }

    /// Lends some bytes of the file.
    ///
    /// - Precondition: `range` lies in `0..<count`.
    package func withBytes<Result, Fault: Error>(
        in range: Range<Int>, _ body: (RawSpan) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        checkBounds(range)
        // Safe: within the mapping, which lives as long as self; the span cannot leave `body`.
        let buffer = unsafe UnsafeRawBufferPointer(
            start: base.map { unsafe $0 + range.lowerBound }, count: range.count)
        let span = unsafe buffer.bytes
        defer { extendLifetime(self) }
        return try body(span)
    }

    /// A copy of some bytes.
    package func bytes(in range: Range<Int>) -> [UInt8] {
        withBytes(in: range) { span in
            // Safe: the array has its own memory; the span covers what is copied.
            unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
        }
    }

    /// Where the bytes from `offset` on lie, for C kernels; valid as long as this object lives.
    ///
    /// - Precondition: `offset` lies in `0...count` and the file is not empty.
    @unsafe package func pointer(at offset: Int) -> UnsafeRawPointer {
        checkBounds(offset..<offset)
        guard let base = unsafe base else { preconditionFailure("a pointer into an empty file") }
        return unsafe base + offset
    }

    /// Why fewer bytes came than the file held when it was opened.
    enum End {
        case cutShort
        case unreadable(FileFault)
    }

    /// Reads bytes without mapping them.
    ///
    /// - Returns: nil when all were read.
    @unsafe func read(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> End? {
        var done = 0
        while done < buffer.count, let start = buffer.baseAddress {
            // Safe: what is left of the caller's buffer.
            let got = unsafe pread(
                descriptor, start + done, buffer.count - done, off_t(offset + done))
            if got > 0 {
                done += got
            } else if got == 0 {
                return .cutShort
            } else if errno != EINTR {
                return .unreadable(FileFault(path: path, errno: errno))
            }
        }
        return nil
    }

    /// Asks the system to read the file ahead.
    package func prefetch() {
        // Safe: the whole mapping; the call only advises.
        if let base = unsafe base {
            unsafe madvise(UnsafeMutableRawPointer(mutating: base), count, MADV_WILLNEED)
        }
    }

    /// Gives back the whole pages inside `range`: they stop counting as this process's memory and
    /// come back from the file when touched.
    package func release(_ range: Range<Int>) {
        checkBounds(range)
        guard let base = unsafe base else { return }
        let page = sysconf(Int32(_SC_PAGESIZE))
        let first = (range.lowerBound + page - 1) / page * page
        let last = range.upperBound == count ? count : range.upperBound / page * page
        guard first < last else { return }
        // Safe: page-aligned and inside the mapping; private and never written, so nothing is lost.
        unsafe madvise(
            UnsafeMutableRawPointer(mutating: base) + first, last - first, MADV_DONTNEED)
    }

    private func checkBounds(_ range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count,
            "bytes \(range) of a file of \(count)")
    }
}

extension MappedFile {
    package static func exists(_ path: String) -> Bool {
        // Safe: the path lives through the call.
        unsafe access(path, F_OK) == 0
    }

    /// All of a small file.
    package static func bytes(of path: String) throws(FileFault) -> [UInt8] {
        let file = try MappedFile(path: path)
        return file.bytes(in: 0..<file.count)
    }
}

/// What tells a file from another, or from itself after it was written to, without reading it.
struct FileIdentity: Sendable, Equatable {
    let byteCount: Int
    let modifiedSeconds: Int
    let modifiedNanoseconds: Int
    let inode: UInt64
}

extension FileIdentity {
    init(_ facts: stat) {
        self.init(
            byteCount: Int(facts.st_size), modifiedSeconds: facts.st_mtim.tv_sec,
            modifiedNanoseconds: facts.st_mtim.tv_nsec, inode: UInt64(facts.st_ino))
    }
}

/// A file that the system would not let us read.
package struct FileFault: Error, Sendable, Equatable {
    package let path: String
    /// 0 for what can be opened and is neither a regular file nor a folder.
    package let errno: Int32

    /// What the system says: "No such file or directory".
    package var reason: String {
        guard errno != 0 else { return "Not a regular file" }
        // Safe: the system's own zero-terminated text, copied at once.
        return unsafe String(cString: strerror(errno))
    }
}
