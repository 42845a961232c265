import Glibc

/// Runs a program with one argument, and nothing on its standard input.
///
/// - Parameters:
///   - program: its path
///   - argument: its only one
/// - Returns: what it writes to standard output; nil where it does not start, fails, or says
///   nothing for ten seconds.
func saying(_ program: String, _ argument: String) -> String? {
    var ends: [Int32] = [-1, -1]
    // Safe: the call writes two numbers.
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    guard let process = start([program, argument], output: ends[1]) else {
        close(ends[1])
        return nil
    }
    close(ends[1])
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        // Safe: one entry, which lives for the length of the call.
        guard unsafe poll(&entry, 1, 10_000) > 0 else {
            kill(process, SIGKILL)
            break
        }
        // Safe: the call writes at most `buffer.count` bytes.
        let count = unsafe read(ends[0], &buffer, buffer.count)
        guard count > 0 else { break }
        said += buffer[..<count]
    }
    var code: Int32 = 0
    // Safe: the number lives for the length of the call.
    unsafe waitpid(process, &code, 0)
    return code == 0 ? String(decoding: said, as: UTF8.self) : nil
}

/// - Returns: the process; nil where it does not start.
private func start(_ command: [String], output: Int32) -> pid_t? {
    // Safe: the actions and the copies of the strings live until after the call, and each is freed
    // once.
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe posix_spawn(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
        return nil
    }
    return process
}
