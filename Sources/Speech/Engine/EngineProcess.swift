import Glibc

/// The engine's process, seen from the tool that started it.
///
/// It ends with this value, and with the tool however that ends.
struct EngineProcess: ~Copyable {
    /// Why nothing more comes from it.
    enum Death: Error, Equatable {
        case killed(signal: Int32)
        /// By itself, in the middle of an answer.
        case ended(status: Int32)
        case hung
        /// What it says is no report.
        case confused
    }

    private let process: pid_t
    private let socket: EngineSocket
    private var stream = FrameStream()

    /// - Parameter command: path and arguments of an executable that calls `EngineServer.run`.
    /// - Throws: `SpeechError.engineFailed` where the system starts no process.
    init(_ command: [String]) throws(SpeechError) {
        // A socket, for writing to a dead one need not raise a signal. Safe: room for two numbers.
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .engineFailed(reason: "the system has no socket left")
        }
        defer { close(ends[1]) }
        guard let process = Self.spawn(command, standardInput: ends[1]) else {
            close(ends[0])
            throw .engineFailed(reason: "the system starts no process for it")
        }
        self.process = process
        socket = EngineSocket(descriptor: ends[0])
    }

    deinit {
        close(socket.descriptor)
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// - Returns: nil where the process takes nothing more; `next` tells why.
    func send(_ request: EngineRequest) -> Bool { socket.send(request.frame) }

    /// Waits for what the process says next.
    ///
    /// - Parameter patience: with a process that says nothing; then it is killed.
    /// - Returns: one report.
    /// - Throws: `Death`; there is nothing to be had from it any more.
    mutating func next(_ patience: EnginePatience) throws(Death) -> EngineReport {
        while true {
            do throws(FrameReader.Damage) {
                if let (kind, fields) = try stream.next() {
                    return try EngineReport(kind: kind, fields)
                }
            } catch {
                throw die(.confused)
            }
            switch receive(patience) {
            case .bytes(let bytes): stream.add(bytes[...])
            case .end: throw reaped()
            case .nothingInTime: throw die(.hung)
            }
        }
    }

    private func receive(_ patience: EnginePatience) -> EngineSocket.Received {
        let milliseconds: Int32 = 500
        var wait: EnginePatience.Wait?
        while true {
            let received = socket.receive(waitingMilliseconds: milliseconds)
            guard case .nothingInTime = received else { return received }
            let activity = EnginePatience.Activity(of: process)
            // It starts with the first look, for nearly always there is none.
            var going = wait ?? EnginePatience.Wait(patience, from: activity)
            if going.isOver(afterSeconds: Double(milliseconds) / 1000, activity) {
                return .nothingInTime
            }
            wait = going
        }
    }

    private func die(_ reason: Death) -> Death {
        kill(process, SIGKILL)
        return reason
    }

    /// What ended the process; it is left for `deinit` to be waited for.
    private func reaped() -> Death {
        kill(process, SIGKILL)
        var information = unsafe siginfo_t()
        // Safe: the structure lives through the call. The status stays to be asked for once more.
        guard
            unsafe waitid(P_PID, id_t(process), &information, Int32(WEXITED | WNOWAIT)) == 0
        else { return .ended(status: 0) }
        let status = unsafe information._sifields._sigchld.si_status
        return unsafe information.si_code == CLD_EXITED
            ? .ended(status: status) : .killed(signal: status)
    }

    private static func spawn(_ command: [String], standardInput: Int32) -> pid_t? {
        // Safe: the actions, the attributes and the copies of the strings live until after the
        // call, and each is destroyed once.
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, standardInput, STDIN_FILENO)
        // What the engine prints is no answer and no sentence of ours.
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(
            &process, command[0], &actions, &attributes, &arguments, environ)
        return code == 0 ? process : nil
    }
}
