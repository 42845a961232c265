import Glibc

/// One run of a program, with what it said.
struct Trial {
    /// Of standard output.
    let output: [UInt8]
    /// Of standard error.
    let errors: String
    /// Whether it ended with status 0.
    let isDone: Bool

    var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs a program to its end; nil where it does not start.
    ///
    /// - Parameters:
    ///   - command: its path and its arguments
    ///   - input: a file that is its standard input; nil for none
    ///   - silenceSeconds: after which it is ended, for it hangs
    init?(_ command: [String], input: String? = nil, silenceSeconds: Int32 = 10) {
        let pipes = [Trial.pipe(), Trial.pipe()].compactMap(\.self)
        defer { for pipe in pipes { close(pipe.read) } }
        guard pipes.count == 2,
            let process = Trial.start(
                command, input: input ?? "/dev/null", [pipes[0].write, pipes[1].write])
        else {
            for pipe in pipes { close(pipe.write) }
            return nil
        }
        for pipe in pipes { close(pipe.write) }
        let (said, isHanging) = Trial.read(
            from: pipes.map(\.read), silenceMilliseconds: silenceSeconds * 1_000)
        if isHanging { kill(process, SIGKILL) }
        var code: Int32 = 0
        // Safe: the number lives for the length of the call.
        unsafe waitpid(process, &code, 0)
        output = said[0]
        errors = String(decoding: said[1], as: UTF8.self)
        isDone = code == 0
    }

    private static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        // Safe: the call writes two numbers.
        guard unsafe Glibc.pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Reads until both ends are closed.
    private static func read(
        from ends: [Int32], silenceMilliseconds: Int32
    ) -> (said: [[UInt8]], isHanging: Bool) {
        var said: [[UInt8]] = [[], []]
        var open = ends
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while open.contains(where: { $0 >= 0 }) {
            var entries = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // Safe: the entries live for the length of the call.
            guard unsafe poll(&entries, 2, silenceMilliseconds) > 0 else { return (said, true) }
            for i in 0..<2 where entries[i].revents != 0 {
                // Safe: the call writes at most `buffer.count` bytes.
                let count = unsafe Glibc.read(open[i], &buffer, buffer.count)
                if count > 0 { said[i] += buffer[..<count] } else { open[i] = -1 }
            }
        }
        return (said, false)
    }

    /// - Returns: the process; nil where it does not start.
    private static func start(
        _ command: [String], input: String, _ outputs: [Int32]
    ) -> pid_t? {
        // Safe: the actions and the copies of the strings live until after the call, and each is
        // freed once.
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, outputs[0], STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, outputs[1], STDERR_FILENO)
        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process: pid_t = 0
        guard unsafe posix_spawn(&process, command[0], &actions, nil, &arguments, environ) == 0
        else { return nil }
        return process
    }
}
