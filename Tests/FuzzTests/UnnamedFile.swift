import Glibc

struct UnnamedFileError: Error {
    let code: Int32
}

/// Lends bytes as a file in memory; nothing is left of it, even after a crash.
func withUnnamedFile(_ bytes: [UInt8], _ body: (_ path: String) throws -> Void) throws {
    let name = "/curbcut-fuzz-\(getpid())"
    // Safe: the name lives through both calls.
    let descriptor = unsafe shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw UnnamedFileError(code: errno) }
    defer { close(descriptor) }
    unsafe shm_unlink(name)
    // Safe: the array lives through the call.
    guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else {
        throw UnnamedFileError(code: errno)
    }
    try body("/proc/self/fd/\(descriptor)")
}
