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

    var least: Double { runs.min() ?? .nan }
    var median: Double { runs.sorted()[runs.count / 2] }

    /// What `count` of the measured things take.
    func times(_ count: Int) -> Row { Row(name: name, runs: runs.map { $0 * Double(count) }) }

    static let heading = "what\tleast ms\tmedian ms\tgreatest ms\truns"
}

/// Runs `work` once to warm up, then `count` times.
///
/// - Parameters:
///   - name: of the row
///   - count: timed runs
///   - limits: measured again before, between and after the runs
///   - prepare: done before each run, outside of its time
///   - work: what is timed
/// - Returns: the time of each run
/// - Throws: what `work` throws.
func measured(
    _ name: String, runs count: Int, beside limits: MachineLimits? = nil,
    after prepare: () -> Void = {}, _ work: () throws -> Void
) rethrows -> Row {
    limits?.begin()
    try work()
    let runs = try (0..<count).map { _ in
        if limits?.measureIfDue() == true { try work() }
        prepare()
        let begin = now()
        try work()
        return now() - begin
    }
    limits?.measure()
    return Row(name: name, runs: runs)
}

/// Milliseconds on a clock that only goes forward.
func now() -> Double {
    var time = timespec()
    // Safe: `time` is ours.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// The most memory that this program has had, in megabytes (`getrusage` would count its parent too).
func peakMegabytes() -> Double {
    let words = systemLines("/proc/self/status").first { $0.hasPrefix("VmHWM:") }?
        .split(whereSeparator: \.isWhitespace)
    guard let words, words.count > 1, let kibibytes = Double(words[1]) else { return .nan }
    return kibibytes * 1024 / 1e6
}

/// With two digits after the point.
func rounded(_ x: Double) -> String {
    let hundredths = Int((x * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
}
