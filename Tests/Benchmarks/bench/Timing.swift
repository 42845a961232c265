import Glibc

/// One measured thing.
struct Row {
    let name: String
    /// Milliseconds of each run.
    let runs: [Double]

    /// Name, least, median and greatest milliseconds, and the number of runs.
    var line: String {
        let sorted = runs.sorted()
        let middle = sorted[sorted.count / 2]
        return ([sorted[0], middle, sorted[sorted.count - 1]].map(rounded) + ["\(runs.count)"])
            .reduce(name) { $0 + "\t" + $1 }
    }

    static let heading = "what\tleast ms\tmedian ms\tgreatest ms\truns"
}

/// Runs `work` once to warm up, then `count` times.
func measured(_ name: String, runs count: Int, _ work: () throws -> Void) rethrows -> Row {
    try work()
    let runs = try (0..<count).map { _ in
        let begin = now()
        try work()
        return now() - begin
    }
    return Row(name: name, runs: runs)
}

/// Milliseconds on a clock that only goes forward.
func now() -> Double {
    var time = timespec()
    // Safe: `time` is ours.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// The most memory that this process has had, in megabytes.
func peakMegabytes() -> Double {
    var usage = rusage()
    // Safe: `usage` is ours.
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_maxrss) * 1024 / 1e6
}

private func rounded(_ x: Double) -> String {
    let hundredths = Int((x * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
}
