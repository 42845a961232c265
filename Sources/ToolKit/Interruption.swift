import Glibc
import Synchronization

/// Removes the unfinished output file when a signal ends the tool.
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

    static func forget() {
        unfinished.store(0, ordering: .sequentiallyConsistent)
    }
}
