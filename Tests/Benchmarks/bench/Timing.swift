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

/// The most memory that this program has had, in megabytes (`getrusage` would count its parent too).
func peakMegabytes() -> Double {
    // Safe: the name and mode are constants, and the file is closed below.
    guard let file = unsafe fopen("/proc/self/status", "re") else { return .nan }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    // Safe: the array is as long as the call is told, and is ended by a zero.
    while unsafe fgets(&line, Int32(line.count), file) != nil {
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace)
        if words.first == "VmHWM:", let kibibytes = Double(words[1]) {
            return kibibytes * 1024 / 1e6
        }
    }
    return .nan
}

private func rounded(_ x: Double) -> String {
    let hundredths = Int((x * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
}
