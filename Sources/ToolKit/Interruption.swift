import Glibc
import Synchronization

/// Removes the unfinished output file when a signal or a crash ends the tool.
///
/// A signal handler may call almost nothing: it reads one number, removes that file and lets the
/// signal do what it does by default.
enum Interruption {
    /// The address of the file's path, 0 where there is none; only numbers can be global and atomic.
    private static let unfinished = Atomic<UInt>(0)

    /// - Parameter path: the file that must not outlive the tool; one at a time.
    static func remove(_ path: String) {
        // Safe: never freed, for a handler could be reading it; that is one path per output.
        let address = unsafe UInt(bitPattern: strdup(path))
        unfinished.store(address, ordering: .sequentiallyConsistent)
        for number in [SIGINT, SIGTERM, SIGHUP]
        where unsafe unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != 1 {
            signal(number) { number in
                let address = Interruption.unfinished.load(ordering: .sequentiallyConsistent)
                // Safe: the address is 0 or a path that is never freed.
                if let path = unsafe UnsafePointer<CChar>(bitPattern: address) {
                    unsafe unlink(path)
                }
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    /// What a crash says, as an address; 0 before there is a tool.
    private static let lastWords = Atomic<UInt>(0)

    /// Has a crash, of ours or of a library, say one sentence, leave no unfinished file and end with
    /// its signal, in place of a screen of registers.
    ///
    /// Whoever sets `SWIFT_BACKTRACE` asks for that screen, and gets it.
    static func explainCrashes(of tool: String) {
        // Safe: the strings live through the calls; the copy is never freed, for a handler reads it.
        guard unsafe getenv("SWIFT_BACKTRACE") == nil else { return }
        let sentence =
            "\(tool): crashed on this input, which must not happen; "
            + "please report it with the command that you typed\n"
        lastWords.store(
            unsafe UInt(bitPattern: strdup(sentence)), ordering: .sequentiallyConsistent)
        var action = sigaction()
        action.sa_flags = SA_ONSTACK
        unsafe action.__sigaction_handler.sa_handler = { number in
            let words = Interruption.lastWords.load(ordering: .sequentiallyConsistent)
            let address = Interruption.unfinished.load(ordering: .sequentiallyConsistent)
            // Safe: each address is 0 or a string that is never freed.
            if let words = unsafe UnsafePointer<CChar>(bitPattern: words) {
                _ = unsafe write(STDERR_FILENO, words, strlen(words))
            }
            if let path = unsafe UnsafePointer<CChar>(bitPattern: address) {
                unsafe unlink(path)
            }
            signal(number, SIG_DFL)
            raise(number)
        }
        for number in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] {
            unsafe sigaction(number, &action, nil)
        }
    }

    static func forget() {
        unfinished.store(0, ordering: .sequentiallyConsistent)
    }
}
