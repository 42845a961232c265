import Glibc
import Signals

/// What this target asks of the file system; each call is total and safe to use.
enum Folders {
    enum Kind {
        case folder
        case file
        case other
    }

    /// - Returns: what a path leads to, links followed; nil where nothing is.
    static func kind(_ path: String) -> Kind? {
        var status = stat()
        // Safe: the structure and the string live for the length of the call.
        guard unsafe stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        default: return .other
        }
    }

    /// - Returns: whether a path names a symbolic link.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        // Safe: the structure and the string live for the length of the call.
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// - Returns: the path without links; as it is where nothing is there.
    static func linksResolved(_ path: String) -> String { pathWithoutLinks(path) ?? path }

    /// - Returns: the names in a folder, sorted, without those that begin with a dot; empty where
    ///   there is no such folder.
    static func names(in path: String) -> [String] {
        folderNames(in: path).filter { !$0.hasPrefix(".") }
    }

    /// Why a file could not be read.
    enum ReadFailure: Error {
        case tooLarge
        case failed(reason: String)
    }

    /// - Parameters:
    ///   - path: of a file; a link is followed.
    ///   - limit: the most bytes that the file may have.
    /// - Returns: all of the file.
    /// - Throws: `ReadFailure`.
    static func contents(of path: String, limit: Int) throws(ReadFailure) -> [UInt8] {
        // Safe: the string lives for the length of the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(reason: lastReason) }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // Safe: the call writes at most `chunk.count` bytes.
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count == 0 { return contents }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .failed(reason: lastReason)
            }
            guard contents.count + count <= limit else { throw .tooLarge }
            contents += chunk[..<count]
        }
    }

    private static var lastReason: String {
        // Safe: the text belongs to the C library and is copied at once.
        unsafe String(cString: strerror(errno))
    }
}
