import Glibc

/// One end of the line between a tool and the engine's process.
struct EngineSocket {
    enum Received {
        case bytes([UInt8])
        /// The other end is gone.
        case end
        case nothingInTime
    }

    private static let chunkSize = 64 << 10

    let descriptor: Int32

    /// Sends all of the bytes, however long that takes.
    ///
    /// - Returns: false where the other end is gone; that raises no signal.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let room = bytes.count - sent
            // Safe: `room` bytes from `sent` on are the array's own.
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor, $0.baseAddress.map { unsafe $0 + sent }, room,
                    Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Waits for bytes.
    ///
    /// - Parameter milliseconds: how long; -1 is for ever.
    /// - Returns: what has come, or why nothing has.
    func receive(waitingMilliseconds milliseconds: Int32) -> Received {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // Safe: one entry on this stack; a buffer as large as the call is told.
            let ready = unsafe poll(&entry, 1, milliseconds)
            if ready == 0 { return .nothingInTime }
            if ready < 0 {
                if errno == EINTR { continue }
                return .end
            }
            var buffer = [UInt8](repeating: 0, count: Self.chunkSize)
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                buffer.removeLast(buffer.count - count)
                return .bytes(buffer)
            }
            if count == 0 || errno != EINTR { return .end }
        }
    }
}
