import Foundation
import Glibc
import Synchronization

/// A tool that runs while the test talks to it.
///
/// Leaving it without `finish` kills it.
@safe
package struct RunningTool: ~Copyable {
    /// A tool that takes longer hangs, even where many others share the machine.
    package static let hangSeconds = 120.0

    /// Where a tool's standard output goes.
    package enum Output: Sendable {
        /// To a pipe, into the result.
        case captured
        /// To a file that exists or is made; `/dev/full` is one.
        case file(String)
        /// To a terminal that nobody looks at; standard error stays a pipe.
        case terminal
    }

    package enum Failure: Error, CustomStringConvertible {
        case notStarted(String, reason: String)
        case tooSlow(String, output: Int, errors: String)

        package var description: String {
            switch self {
            case .notStarted(let tool, let reason): "\(tool) was not started: \(reason)"
            case .tooSlow(let command, let output, let errors):
                "\(command) was killed for taking too long; "
                    + "\(output) bytes on standard output; errors: \(errors)"
            }
        }
    }

    private let command: [String]
    private let process: pid_t
    private let started = ContinuousClock.now
    private var input: Int32
    private var output: Int32
    private var errors: Int32
    private var isReaped = false
    /// What came on standard output so far.
    package private(set) var outputSoFar: [UInt8] = []
    private var errorsSoFar: [UInt8] = []

    /// Starts a tool, as `ToolRun.run` describes.
    ///
    /// - Throws: `Failure.notStarted`.
    package init(
        _ tool: String, _ arguments: [String], environment: [String: String] = [:],
        output destination: Output = .captured, folder: String? = nil
    ) throws(Failure) {
        // A tool may close its input early; that must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        let path = tool.contains("/") ? tool : ToolRun.buildFolder + "/" + tool
        let enter = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
        let command = enter + [path] + arguments
        let variables = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
            .map { "\($0.key)=\($0.value)" }
        let started = oneStartAtATime.withLock { _ in
            Result { () throws(Failure) in
                try Self.start(command, environment: variables, output: destination)
            }
        }
        (process, input, output, errors) = try started.get()
        self.command = command
        for end in [input, output, errors] where end >= 0 {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    /// - Returns: the process, and our ends of its input, output and errors.
    private static func start(
        _ command: [String], environment: [String], output destination: Output
    ) throws(Failure) -> (pid_t, Int32, Int32, Int32) {
        let standardOutput = try open(destination, for: command[0])
        let standardInput = Pipe()
        let standardError = Pipe()
        defer {
            for end in [standardInput.read, standardOutput.write, standardError.write] {
                close(end)
            }
        }
        do {
            let process = try spawn(
                command, environment: environment,
                descriptors: [standardInput.read, standardOutput.write, standardError.write])
            return (process, standardInput.write, standardOutput.read, standardError.read)
        } catch {
            for end in [standardInput.write, standardOutput.read, standardError.read] { close(end) }
            throw .notStarted(command[0], reason: unsafe String(cString: strerror(error.code)))
        }
    }

    deinit {
        for end in [input, output, errors] where end >= 0 { close(end) }
        guard !isReaped else { return }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// Sends bytes and waits until all are taken, reading what comes meanwhile.
    ///
    /// - Parameters:
    ///   - bytes: what the tool finds on its standard input next.
    ///   - withinSeconds: after which the tool is killed.
    /// - Throws: `Failure.tooSlow`.
    package mutating func write(_ bytes: [UInt8], withinSeconds: Double = hangSeconds)
        throws(Failure)
    {
        var pending = bytes[...]
        let end = ContinuousClock.now + .seconds(withinSeconds)
        while input >= 0, !pending.isEmpty { try exchange(&pending, until: end) }
    }

    /// Ends the tool's standard input.
    package mutating func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Ends the tool's standard output: what it writes from now on finds nobody.
    package mutating func closeOutput() {
        if output >= 0 { close(output) }
        output = -1
    }

    package func send(signal: Int32) { kill(process, signal) }

    /// The processes that the tool has started and that live.
    package var children: [pid_t] {
        let path = "/proc/\(process)/task/\(process)/children"
        let list = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return list.split(separator: " ").compactMap { pid_t($0) }
    }

    /// Waits until the tool has written a number of bytes since its start, or has ended.
    ///
    /// - Parameters:
    ///   - count: of bytes on standard output.
    ///   - withinSeconds: after which the tool is killed.
    /// - Throws: `Failure.tooSlow`.
    package mutating func waitForOutput(
        _ count: Int, withinSeconds: Double = hangSeconds
    ) throws(Failure) {
        let end = ContinuousClock.now + .seconds(withinSeconds)
        var nothing: ArraySlice<UInt8> = []
        while output >= 0, outputSoFar.count < count { try exchange(&nothing, until: end) }
    }

    /// Waits until the tool has said something on standard error, or has ended.
    ///
    /// - Parameters:
    ///   - text: that is a part of what it says.
    ///   - withinSeconds: after which the tool is killed.
    /// - Throws: `Failure.tooSlow`.
    package mutating func waitForErrors(
        containing text: String, withinSeconds: Double = hangSeconds
    ) throws(Failure) {
        let end = ContinuousClock.now + .seconds(withinSeconds)
        var nothing: ArraySlice<UInt8> = []
        while errors >= 0, !String(decoding: errorsSoFar, as: UTF8.self).contains(text) {
            try exchange(&nothing, until: end)
        }
    }

    /// Sends the rest of the input, closes it, and waits for the end.
    ///
    /// - Parameters:
    ///   - bytes: the rest of standard input.
    ///   - timeoutSeconds: after which the tool is killed.
    /// - Returns: everything that came back since the start.
    /// - Throws: `Failure.tooSlow`.
    package mutating func finish(
        input bytes: [UInt8] = [], timeoutSeconds: Double = hangSeconds
    ) throws(Failure) -> ToolRun.Result {
        var pending = bytes[...]
        let end = ContinuousClock.now + .seconds(timeoutSeconds)
        while output >= 0 || errors >= 0 {
            if pending.isEmpty { closeInput() }
            try exchange(&pending, until: end)
        }
        closeInput()
        var code: Int32 = 0
        // Safe: the address is of this function's own variable.
        while unsafe waitpid(process, &code, WNOHANG) == 0 {
            guard ContinuousClock.now < end else { throw tooSlow() }
            usleep(500)
        }
        isReaped = true
        let signal = code & 0x7f
        return ToolRun.Result(
            command: command, status: signal == 0 ? (code >> 8) & 0xff : 128 + signal,
            signal: signal == 0 ? nil : signal, output: outputSoFar,
            errors: String(decoding: errorsSoFar, as: UTF8.self),
            seconds: (ContinuousClock.now - started) / .seconds(1))
    }

    /// Waits for one of the ends to be ready and moves what is there.
    private mutating func exchange(
        _ pending: inout ArraySlice<UInt8>, until end: ContinuousClock.Instant
    ) throws(Failure) {
        guard ContinuousClock.now < end else { throw tooSlow() }
        var ends = [
            pollfd(fd: pending.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        guard unsafe poll(&ends, 3, 50) > 0 else { return }
        if ends[0].revents != 0 {
            let chunk = Array(pending.prefix(65536))
            let sent = unsafe Glibc.write(input, chunk, chunk.count)
            if sent > 0 {
                pending.removeFirst(sent)
            } else if errno != EAGAIN {
                pending = []
                closeInput()
            }
        }
        if ends[1].revents != 0 { Self.receive(&output, into: &outputSoFar) }
        if ends[2].revents != 0 { Self.receive(&errors, into: &errorsSoFar) }
    }

    private static func receive(_ end: inout Int32, into bytes: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe read(end, &buffer, buffer.count)
        if count > 0 {
            bytes += buffer[..<count]
        } else if count == 0 || errno != EAGAIN {
            close(end)
            end = -1
        }
    }

    private func tooSlow() -> Failure {
        kill(process, SIGKILL)
        return .tooSlow(
            command.joined(separator: " "), output: outputSoFar.count,
            errors: String(decoding: errorsSoFar, as: UTF8.self))
    }

    private static func open(_ output: Output, for tool: String) throws(Failure) -> Pipe {
        switch output {
        case .captured: return Pipe()
        case .file(let path):
            let file = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            guard file >= 0 else { throw .notStarted(tool, reason: "\(path) cannot be written") }
            return Pipe(read: -1, write: file)
        case .terminal:
            let terminal = unsafe Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
            var number: UInt32 = 0
            var lock: Int32 = 0
            // Safe: both requests take the address of one 32-bit number.
            guard unsafe ioctl(terminal, 0x4004_5431, &lock) == 0,  // TIOCSPTLCK
                unsafe ioctl(terminal, 0x8004_5430, &number) == 0  // TIOCGPTN
            else { throw .notStarted(tool, reason: "this system lends no terminal") }
            let side = unsafe Glibc.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
            return Pipe(read: terminal, write: side)
        }
    }
}
