import Glibc

/// Work that a signal ended before its time.
package struct Stopped: Error {
    /// SIGINT, SIGTERM or SIGHUP.
    package let signal: Int32
    /// What became of it: "kept 12 MB of 290 MB; the same command goes on from there".
    package let outcome: String

    /// Ends this process as the signal would have, so that a shell sees 130 after Ctrl-C.
    package func end() -> Never {
        var set = sigset_t()
        // Safe: the set lives through the calls. The signal is blocked where libdispatch waits for it.
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, signal)
        _ = Glibc.signal(signal, SIG_DFL)
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(signal)
        exit(128 + signal)
    }
}

/// What cancelled work throws, to say what became of it.
package struct Cancelled: Error {
    package let outcome: String

    package init(_ outcome: String) {
        self.outcome = outcome
    }
}
