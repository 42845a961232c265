import CDisk
import Glibc
import Signals

/// Why a call to the file system failed, "No space left on device".
package struct DiskFault: Error, Equatable {
    package let number: Int32

    package var meansFull: Bool { number == ENOSPC || number == EDQUOT }
    package var meansMissing: Bool { number == ENOENT }

    package static let cancelled = DiskFault(number: ECANCELED)

    package var words: String {
        // Safe: the text belongs to the C library and is copied at once.
        unsafe String(cString: strerror(number))
    }

    /// Of the call that just failed.
    package static var last: DiskFault { DiskFault(number: errno) }
}

/// What this target and those above ask of the file system; each call is total and safe to use.
package enum Disk {
    package enum Kind: Sendable { case folder, file, link, other }

    /// - Returns: what is at a path, a link not followed; nil where nothing is.
    package static func kind(_ path: String) -> Kind? {
        var status = stat()
        // Safe: the structure and the string live for the length of the call.
        guard unsafe lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// - Returns: the bytes of the file that a path leads to, links followed; nil where none is.
    package static func size(_ path: String) -> Int? {
        var status = stat()
        // Safe: as above.
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int(status.st_size)
    }

    /// Makes a folder and those on its way.
    package static func makeFolder(_ path: String) throws(DiskFault) {
        // Safe: the strings live for the length of each call.
        if unsafe mkdir(path, 0o777) == 0 || kind(path) == .folder { return }
        let fault = DiskFault.last
        guard fault.number == ENOENT, path.contains("/") else {
            // A link to a folder is one.
            if fault.number == EEXIST, unsafe access(path + "/.", F_OK) == 0 { return }
            throw fault
        }
        try makeFolder(parent(of: path))
        guard unsafe mkdir(path, 0o777) == 0 || kind(path) == .folder else { throw .last }
    }

    package static func parent(of path: String) -> String {
        let parts = path.split(separator: "/").dropLast()
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    package static func rename(_ old: String, to new: String) throws(DiskFault) {
        // Safe: the strings live for the length of the call.
        guard unsafe Glibc.rename(old, new) == 0 else { throw .last }
    }

    /// Swaps two folders in one step where the file system can.
    package static func exchange(_ one: String, _ other: String) throws(DiskFault) {
        // Safe: as above.
        if unsafe cc_exchange(one, other) == 0 { return }
        let aside = one + ".old"
        removeTree(aside)
        try rename(other, to: aside)
        do { try rename(one, to: other) } catch {
            try rename(aside, to: other)
            throw error
        }
        try rename(aside, to: one)
    }

    /// Gives a file a second name in the same file system.
    package static func hardLink(_ file: String, as name: String) throws(DiskFault) {
        // Safe: as above.
        guard unsafe link(file, name) == 0 else { throw .last }
    }

    package static func symbolicLink(to target: String, at path: String) throws(DiskFault) {
        // Safe: as above.
        guard unsafe symlink(target, path) == 0 else { throw .last }
    }

    /// - Returns: where a symbolic link leads, as it is written; nil where there is none.
    package static func target(ofLink path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        // Safe: the call writes at most `buffer.count` bytes.
        let count = unsafe readlink(path, &buffer, buffer.count)
        guard count > 0, count < buffer.count else { return nil }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a file or a link; what is not there is removed already.
    package static func remove(_ path: String) {
        // Safe: the string lives for the length of the call.
        unsafe unlink(path)
    }

    /// Removes a folder with all it holds; a link is removed, not followed.
    package static func removeTree(_ path: String) {
        guard kind(path) == .folder else { return remove(path) }
        for name in folderNames(in: path) { removeTree(path + "/" + name) }
        // Safe: as above.
        unsafe rmdir(path)
    }

    /// Removes a folder that holds nothing; any other stays.
    package static func removeIfEmpty(_ path: String) {
        // Safe: as above.
        unsafe rmdir(path)
    }

    /// - Returns: whether files can be made in a folder, or in the nearest one above that exists.
    package static func isWritable(_ path: String) -> Bool {
        // Safe: as above.
        if kind(path) != nil { return unsafe access(path + "/.", W_OK | X_OK) == 0 }
        return path.isEmpty || path == "/" ? false : isWritable(parent(of: path))
    }

    /// - Returns: bytes that we may still write where a folder is; nil where the system does not say.
    package static func freeBytes(at path: String) -> Int? {
        var status = statvfs()
        // Safe: the structure and the string live for the length of the call.
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }

    /// Has what a folder lists outlive a power cut.
    package static func syncFolder(_ path: String) {
        // Safe: as above.
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
