import Glibc

/// - Parameter path: of a folder; a link is followed.
/// - Returns: the names in it, hidden ones too, sorted; empty where it cannot be read.
package func folderNames(in path: String) -> [String] {
    // Safe: the handle is used here alone and closed at the end.
    guard let handle = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
        // Safe: the name ends with 0 inside the entry, which lives until the next `readdir`.
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
            unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

/// - Returns: the path with every link followed; nil where nothing is there.
package func pathWithoutLinks(_ path: String) -> String? {
    // Safe: the C library's text is copied, then freed.
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
}
