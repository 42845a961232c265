import Glibc
import Synchronization

/// Removes unfinished output files when a signal or a crash ends the tool.
///
/// A signal handler may call almost nothing: it reads a few numbers, removes those files and lets
/// the signal do what it does by default.
enum Interruption {
    /// The addresses of the files' paths, 0 where there is none.
    ///
    /// Only numbers can be global and atomic. A sound file, its marks and its captions are three.
    private static let first = Atomic<UInt>(0)
    private static let second = Atomic<UInt>(0)
    private static let third = Atomic<UInt>(0)
    private static let fourth = Atomic<UInt>(0)

    /// - Parameter path: the file that must not outlive the tool; four at a time.
    /// - Returns: what `forget` is to be told.
    static func remove(_ path: String) -> UInt {
        // Safe: never freed, for a handler could be reading it; that is one path per output.
        let address = unsafe UInt(bitPattern: strdup(path))
        handleSignals()
        _ = replace(0, by: address)
        return address
    }

    /// Puts a number in the first place that holds another.
    private static func replace(_ old: UInt, by new: UInt) -> Bool {
        func isReplaced(_ place: borrowing Atomic<UInt>) -> Bool {
            place.compareExchange(
                expected: old, desired: new, ordering: .sequentiallyConsistent
            ).exchanged
        }
        return isReplaced(first) || isReplaced(second) || isReplaced(third) || isReplaced(fourth)
    }

    /// Allowed in a signal handler.
    private static func removeUnfinished() {
        func remove(_ place: borrowing Atomic<UInt>) {
            let address = place.load(ordering: .sequentiallyConsistent)
            // Safe: the address is 0 or a path that is never freed.
            if let path = unsafe UnsafePointer<CChar>(bitPattern: address) { unsafe unlink(path) }
        }
        remove(first)
        remove(second)
        remove(third)
        remove(fourth)
    }

    private static func handleSignals() {
        for number in [SIGINT, SIGTERM, SIGHUP]
        where unsafe unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != 1 {
            signal(number) { number in
                Interruption.removeUnfinished()
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
            // Safe: the address is 0 or a string that is never freed.
            if let words = unsafe UnsafePointer<CChar>(bitPattern: words) {
                _ = unsafe write(STDERR_FILENO, words, strlen(words))
            }
            Interruption.removeUnfinished()
            signal(number, SIG_DFL)
            raise(number)
        }
        for number in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] {
            unsafe sigaction(number, &action, nil)
        }
    }

    /// - Parameter file: what `remove` returned.
    static func forget(_ file: UInt) { _ = replace(file, by: 0) }
}
