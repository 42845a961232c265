import Glibc

/// The most memory that this process ever held; for tests that run in a process of their own.
func peakMegabytes() -> Int {
    var usage = rusage()
    // Safe: C writes one rusage.
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}
