import Glibc

/// Where an input's bytes come from: standard input, or a file by its exact bytes.
///
/// A name on Linux is bytes, not text; one in Latin-1 would not survive being a `String`.
struct InputPath: Sendable, Equatable {
    /// The name's bytes, without the 0 at their end.
    let bytes: [UInt8]
    let isStandardInput: Bool

    static let standardInput = InputPath(bytes: Array("-".utf8), isStandardInput: true)

    init(bytes: [UInt8], isStandardInput: Bool = false) {
        self.bytes = bytes
        self.isStandardInput = isStandardInput
    }

    /// - Parameters:
    ///   - operand: what the argument parser gives; `-` is standard input.
    ///   - arguments: the command line as the system has it, in which a name that is not UTF-8 is
    ///     still whole.
    init(operand: String, arguments: [[UInt8]]) {
        guard operand != "-" else {
            self = .standardInput
            return
        }
        let isWhole = !operand.unicodeScalars.contains("\u{FFFD}")
        let exact =
            isWhole ? nil : arguments.first { String(decoding: $0, as: UTF8.self) == operand }
        self.init(bytes: exact ?? Array(operand.utf8))
    }

    /// As output and JSON name it.
    var name: String { String(decoding: bytes, as: UTF8.self) }

    /// As a sentence names it.
    var spokenName: String { isStandardInput ? "standard input" : name }

    /// The arguments of this process, byte for byte.
    static func argumentsOfProcess() -> [[UInt8]] {
        let source = InputPath(bytes: Array("/proc/self/cmdline".utf8))
        guard let line = try? source.contents(limit: 1 << 24) else { return [] }
        return line.split(separator: 0).map(Array.init)
    }
}

extension InputPath {
    /// Everything that can be read there.
    ///
    /// - Parameter limit: the most bytes that may be there; checked before reading where the size
    ///   is known, and while reading where it is not.
    /// - Returns: at least one byte.
    /// - Throws: `InputError`.
    func contents(limit: Int) throws(InputError) -> [UInt8] {
        let descriptor = try openedDescriptor()
        defer { release(descriptor) }
        return try Self.contents(of: descriptor, limit: limit)
    }

    /// Lends what can be read there, opened.
    ///
    /// - Parameter body: takes a descriptor that stays open through the call.
    /// - Throws: `InputError`, and what `body` throws.
    func withDescriptor(_ body: (Int32) throws -> Void) throws {
        let descriptor = try openedDescriptor()
        defer { release(descriptor) }
        guard let status = System.status(of: descriptor) else {
            throw InputError.unreadable(reason: SystemReason.last.words)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw InputError.folder }
        guard status.st_mode & S_IFMT != S_IFREG || status.st_size > 0 else {
            throw InputError.empty
        }
        try body(descriptor)
    }

    private func openedDescriptor() throws(InputError) -> Int32 {
        guard !isStandardInput else { return STDIN_FILENO }
        let descriptor = System.open(bytes, O_RDONLY)
        guard descriptor >= 0 else {
            let reason = SystemReason.last
            throw [ENOENT, ENOTDIR].contains(reason.number)
                ? .missing : .unreadable(reason: reason.words)
        }
        return descriptor
    }

    private func release(_ descriptor: Int32) {
        if !isStandardInput { close(descriptor) }
    }

    private static func contents(of descriptor: Int32, limit: Int) throws(InputError) -> [UInt8] {
        guard let status = System.status(of: descriptor) else {
            throw .unreadable(reason: SystemReason.last.words)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .folder }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        var contents: [UInt8] = []
        contents.reserveCapacity(Int(status.st_size))
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = System.read(descriptor, into: &chunk)
            if count == 0 { break }
            guard count > 0 else {
                let reason = SystemReason.last
                if reason.number == EINTR { continue }
                throw .brokenOff(reason: reason.words)
            }
            guard contents.count + count <= limit else { throw .tooLarge(limit: limit) }
            contents += chunk[..<count]
        }
        guard !contents.isEmpty else { throw .empty }
        return contents
    }
}
