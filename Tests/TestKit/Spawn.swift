import Glibc
import Synchronization

/// Two ends, neither of which a child gets unless it is handed over.
struct Pipe {
    let read: Int32
    let write: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        unsafe pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (read, write) = (ends[0], ends[1])
    }

    init(read: Int32, write: Int32) { (self.read, self.write) = (read, write) }
}

/// Held while pipes are made and a child is started: a second child that got a copy of the first
/// one's input would keep it open.
let oneStartAtATime = Mutex(())

struct SpawnError: Error {
    let code: Int32
}

/// Starts a child with three standard descriptors and the signals as a shell sets them.
func spawn(
    _ command: [String], environment: [String], descriptors: [Int32]
) throws(SpawnError) -> pid_t {
    // Safe: the actions, the attributes and the copies of the strings live until after the call,
    // and each is destroyed once.
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (standard, descriptor) in descriptors.enumerated() {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(standard))
    }

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    // Worker threads of the tests block signals, and a child inherits that.
    var unblocked = sigset_t()
    unsafe sigemptyset(&unblocked)
    unsafe posix_spawnattr_setsigmask(&attributes, &unblocked)
    unsafe posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(
        &process, command[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw SpawnError(code: code) }
    return process
}
