import Glibc

/// Writes a prepared file under another name until it is whole.
///
/// The other name is the same each time, and locked: of several processes that make one file, one
/// does, the others go without; what a killed process left is overwritten. Every failure is kept to
/// itself: then there is no file.
struct PreparedWriter: ~Copyable, Sendable {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var table = PreparedTable()
    private var names: Set<String> = []
    private var isWhole = true
    private var hasName = false
    /// What is not yet written; begins at a multiple of its capacity.
    private var pending: [UInt8] = []
    private var written = 0

    /// Files that are written in such pieces are kept, and mapped, in large pages.
    private static let pieceSize = 2 << 20

    /// Begins a file at the first path where one can be made; nil where there is none.
    static func first(of paths: [String]) -> PreparedWriter? {
        for path in paths {
            if let writer = PreparedWriter(path: path) { return writer }
        }
        return nil
    }

    /// Nil where no file can be made there, or another process is at it.
    init?(path: String) {
        // Behind the limit waits a signal, not an error.
        var limit = rlimit()
        // Safe: the structure is ours.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0,
            limit.rlim_cur == rlim_t.max
        else { return nil }
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        let temporary = "\(folder)/.\(name).part"
        makeFolders(folder)
        // Safe: the path lives through the call.
        let descriptor = unsafe open(
            temporary, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isNamed(descriptor, temporary),
            ftruncate(descriptor, 0) == 0
        else {
            close(descriptor)
            return nil
        }
        self.path = path
        temporaryPath = temporary
        self.descriptor = descriptor
        pending.reserveCapacity(PreparedWriter.pieceSize)
        pending.append(contentsOf: repeatElement(0, count: PreparedFile.headerSize))
    }

    deinit {
        if !hasName { removeFile(temporaryPath) }
        close(descriptor)
    }

    /// Adds an entry; a name's first is kept.
    ///
    /// - Parameters:
    ///   - bytes: copied, or written, at once
    ///   - name: of the entry
    ///   - kind: what the bytes are
    @unsafe mutating func append(
        _ bytes: UnsafeRawBufferPointer, named name: String, _ kind: PreparedTable.Kind
    ) {
        guard isWhole, names.insert(name).inserted else { return }
        write([UInt8](repeating: 0, count: (64 - end % 64) % 64))
        let begin = end
        // Safe: the caller's buffer, lent on for the calls.
        unsafe write(bytes)
        table.entries.append(
            PreparedTable.Entry(
                name: name, kind: kind, range: begin..<end,
                digest: unsafe PreparedFile.digest(bytes)))
    }

    /// Gives the file its name.
    mutating func finish(_ sources: [PreparedTable.Source]) {
        table.sources = sources
        let offset = end
        let encoded = table.encoded()
        write(encoded)
        flush()
        let header = PreparedFile.header(table: encoded, at: offset)
        // Safe: the arrays and paths live through the calls.
        guard isWhole,
            unsafe pwrite(descriptor, header, header.count, 0) == header.count,
            fsync(descriptor) == 0,
            unsafe rename(temporaryPath, path) == 0
        else { return }
        hasName = true
    }

    /// Bytes so far.
    private var end: Int { written + pending.count }

    private mutating func write(_ bytes: [UInt8]) {
        // Safe: the buffer is lent for the call.
        unsafe bytes.withUnsafeBytes { unsafe write($0) }
    }

    @unsafe private mutating func write(_ bytes: UnsafeRawBufferPointer) {
        var done = 0
        while done < bytes.count, isWhole {
            let count = min(bytes.count - done, PreparedWriter.pieceSize - pending.count)
            // Safe: a part of the caller's buffer, copied at once.
            unsafe pending.append(contentsOf: bytes[done..<(done + count)])
            done += count
            if pending.count == PreparedWriter.pieceSize { flush() }
        }
    }

    private mutating func flush() {
        var done = 0
        while done < pending.count, isWhole {
            // Safe: a part of the array, which lives through the call.
            let count = unsafe pending.withUnsafeBytes {
                unsafe pwrite(
                    descriptor, $0.baseAddress.map { unsafe $0 + done }, $0.count - done,
                    off_t(written + done))
            }
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                isWhole = false
            }
        }
        written += pending.count
        pending.removeAll(keepingCapacity: true)
    }
}

/// True where that path still leads to the open file.
private func isNamed(_ descriptor: Int32, _ path: String) -> Bool {
    var (open, named) = (stat(), stat())
    // Safe: the structures are ours, and the path lives through the call.
    return unsafe fstat(descriptor, &open) == 0 && lstat(path, &named) == 0
        && open.st_ino == named.st_ino && open.st_dev == named.st_dev
        && named.st_mode & S_IFMT == S_IFREG
}

/// Removes a file; where that is not allowed, it stays.
func removeFile(_ path: String) {
    // Safe: the path lives through the call.
    unsafe unlink(path)
}

/// Makes a folder and those on its way, for the user alone; a failure shows when a file is made.
private func makeFolders(_ path: String) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
        made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made == "/" ? "" : "/") + part
        // Safe: the path lives through the call.
        _ = unsafe mkdir(made, 0o700)
    }
}
