import Glibc

/// An open file that a codec writes to as if it could always go back in it.
///
/// A pipe or a device cannot: there, what a codec writes over earlier bytes (the final length in a
/// header) is left out, and the sound is a stream of unknown length.
final class OpenFile {
    private let name: String
    private let descriptor: Int32
    let canSeek: Bool
    /// Where the file stood when it was handed over.
    private let origin: Int
    private(set) var position = 0
    private(set) var length = 0
    /// Why the first failed write failed; the ones after it are not tried.
    private(set) var failure: AudioError?

    /// - Parameters:
    ///   - descriptor: open for writing; it is not closed.
    ///   - name: what errors call it.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
        canSeek = Audio.canSeek(descriptor)
        origin = canSeek ? max(0, lseek(descriptor, 0, SEEK_CUR)) : 0
    }

    func seek(to offset: Int) -> Int {
        position = min(max(0, offset), length)
        return position
    }

    /// - Returns: how many bytes were taken; fewer than given after a failure.
    func write(_ bytes: [UInt8]) -> Int {
        guard failure == nil else { return 0 }
        if canSeek || position == length {
            var sent = 0
            while sent < bytes.count {
                let count = writeOnce(bytes, from: sent)
                if count > 0 {
                    sent += count
                } else if errno == EAGAIN {
                    waitUntilWritable()
                } else if errno != EINTR {
                    failure = reason(of: errno)
                    return sent
                }
            }
        }
        position += bytes.count
        length = max(length, position)
        return bytes.count
    }

    /// Leaves the file standing after the sound, for whatever else is written to it.
    func moveToEnd() {
        if canSeek { lseek(descriptor, origin + length, SEEK_SET) }
    }

    private func writeOnce(_ bytes: [UInt8], from start: Int) -> Int {
        let count = bytes.count - start
        // Safe: `count` bytes from `start` on are the array's own.
        return unsafe bytes.withUnsafeBytes { buffer in
            let base = unsafe buffer.baseAddress.map { unsafe $0 + start }
            return unsafe canSeek
                ? pwrite(descriptor, base, count, origin + position + start)
                : Glibc.write(descriptor, base, count)
        }
    }

    private func waitUntilWritable() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // Safe: one entry on this stack.
        _ = unsafe poll(&entry, 1, -1)
    }

    private func reason(of number: Int32) -> AudioError {
        // Safe: the text belongs to the C library and is copied at once; one thread asks.
        number == ENOSPC || number == EDQUOT
            ? .full(name: name)
            : .cannotWrite(name: name, reason: unsafe String(cString: strerror(number)))
    }
}

/// Whether one can go back in an open file and write over what is there.
///
/// With `O_APPEND` every write goes to the end, wherever it was meant for.
package func canSeek(_ descriptor: Int32) -> Bool {
    var status = stat()
    // Safe: the structure lives on this stack through the call.
    let isPlain = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    return isPlain && fcntl(descriptor, F_GETFL) & O_APPEND == 0
}
