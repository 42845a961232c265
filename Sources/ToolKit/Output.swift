import Glibc

/// The answer on its way out: standard output, or a file that replaces its name when finished.
///
/// Bytes are gathered up to the end of a line and then written at once, so a reader of a pipe
/// has each line as soon as it is known.
package struct Output: ~Copyable {
    private let name: String
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private var file: TemporaryFile?

    /// Standard output.
    package init() {
        name = "standard output"
        descriptor = STDOUT_FILENO
    }

    /// A file, which appears under its name in ``finish()``.
    ///
    /// A device or a named pipe is written to as it is.
    ///
    /// - Parameter path: where.
    /// - Throws: `OutputError` where the file cannot be created.
    package init(file path: String) throws(OutputError) {
        let file = try TemporaryFile(replacing: path)
        name = path
        descriptor = file.descriptor
        self.file = consume file
    }

    package mutating func write(_ text: String) {
        pending += Array(text.utf8)
    }

    package mutating func write(_ bytes: [UInt8]) throws(OutputError) {
        pending += bytes
        try flush()
    }

    /// Ends the line and sends it off.
    ///
    /// - Throws: `OutputError`.
    package mutating func endLine() throws(OutputError) {
        pending.append(UInt8(ascii: "\n"))
        try flush()
    }

    /// Sends off what is gathered.
    ///
    /// - Throws: `OutputError`.
    package mutating func flush() throws(OutputError) {
        var sent = 0
        while sent < pending.count {
            let count = System.write(descriptor, pending[sent...])
            if count >= 0 {
                sent += count
                continue
            }
            let reason = SystemReason.last
            if reason.number == EINTR { continue }
            if reason.number == EAGAIN {
                // The reader left the pipe in non-blocking mode.
                System.waitUntilWritable(descriptor)
                continue
            }
            pending = []
            throw reason.meansFull
                ? .full(name: name) : .broken(name: name, reason: reason.words)
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// Writes the rest and gives the file its name.
    ///
    /// - Throws: `OutputError`; then no file has appeared.
    package mutating func finish() throws(OutputError) {
        try flush()
        if let file = file.take() { try file.takePlace() }
    }
}
