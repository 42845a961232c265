import Glibc
import ToolKit

/// Says before hours of work that a file cannot be written after them.
///
/// What is no plain file, such as a named pipe, has a reader that would see it closed, and is not
/// tried.
///
/// - Parameter path: nil for a file that nobody wants.
/// - Throws: `OutputError`.
func checkThatItCanBeWritten(_ path: String?) throws(OutputError) {
    guard let path else { return }
    var status = stat()
    // Safe: the string and the structure live through the call.
    let isThere = unsafe stat(path, &status) == 0
    guard !isThere || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return }
    _ = try TemporaryFile(replacing: path)
}
