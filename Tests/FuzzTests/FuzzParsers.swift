import ArgumentParser
import Glibc

/// Runs every parser over whole and over damaged files, so that a sanitizer can watch.
///
///     swift build -c release --sanitize=address --product fuzz-parsers --scratch-path .build/asan
///     .build/asan/release/fuzz-parsers --seconds 60
///
/// A crash, or a parser that hangs, ends the process with a signal. Every other end is status 0,
/// whatever the parsers thought of their input.
@main
struct FuzzParsers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz-parsers",
        abstract: "Feed whole and seeded, damaged files to every parser of untrusted bytes.",
        discussion: "Example: fuzz-parsers --seconds 60 Tests/Fixtures")

    @Option(help: "How long to go on with damaged files.")
    var seconds = 10

    @Option(help: "A number that decides every damage; the same number damages the same way.")
    var seed: UInt64 = UInt64(getpid()) &* 0x9E37_79B9_7F4A_7C15

    @Option(help: "Write each input to this file before it is parsed; a crash leaves the culprit.")
    var keep: String?

    @Option(help: "Only this parser, by name.")
    var parser: String?

    @Argument(help: "Files, and folders that are searched for files; fixtures if none are named.")
    var paths = [Samples.committedFixtures]

    func validate() throws {
        guard let parser, !parsersUnderTest.contains(where: { $0.name == parser }) else { return }
        throw ValidationError("no parser is named \(parser)")
    }

    func run() throws {
        let parsers = parsersUnderTest.filter { parser == nil || $0.name == parser }
        let samples = try Samples(paths, for: parsers)
        print("seed \(seed), \(samples.count) files")
        var report = Report()
        for sample in samples.all {
            try parse(sample.bytes, sample.parser, &report)
        }
        print("whole files: \(report)")
        report = Report()
        try parseDamaged(samples, &report)
        print("damaged files: \(report)")
        print("peak memory \(peakMegabytes()) MB")
    }

    private func parseDamaged(_ samples: Samples, _ report: inout Report) throws {
        var random = SeededRandom(seed: seed)
        let end = monotonicSeconds() + Double(seconds)
        while monotonicSeconds() < end, let sample = samples.all.randomElement(using: &random) {
            let other = samples.all.randomElement(using: &random) ?? sample
            let bytes = damaged(sample.bytes, by: other.bytes, using: &random)
            try parse(bytes, sample.parser, &report)
        }
    }

    private func parse(_ bytes: [UInt8], _ parser: NamedParser, _ report: inout Report) throws {
        if let keep { try writeFile(bytes, keep) }
        let start = monotonicSeconds()
        alarm(UInt32(parser.mostSeconds))
        let accepted = parser.accepts(bytes)
        alarm(0)
        report.add(accepted: accepted, seconds: monotonicSeconds() - start)
    }
}

private struct Report: CustomStringConvertible {
    private var accepted = 0
    private var refused = 0
    private var slowestSeconds = 0.0

    mutating func add(accepted isAccepted: Bool, seconds: Double) {
        accepted += isAccepted ? 1 : 0
        refused += isAccepted ? 0 : 1
        slowestSeconds = max(slowestSeconds, seconds)
    }

    var description: String {
        let milliseconds = Int((slowestSeconds * 1000).rounded())
        return "\(accepted) accepted, \(refused) refused, slowest \(milliseconds) ms"
    }
}

private func monotonicSeconds() -> Double {
    var time = timespec()
    // Safe: C writes one timespec.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func peakMegabytes() -> Int {
    var usage = rusage()
    // Safe: C writes one rusage.
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}
