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

    @Option(help: "How long to go on with damaged files, all parsers together.")
    var seconds = 10

    @Option(help: "A number that decides every damage; the same number damages the same way.")
    var seed: UInt64 = UInt64(getpid()) &* 0x9E37_79B9_7F4A_7C15

    @Option(help: "Write each input to this file before it is parsed; a crash leaves the culprit.")
    var keep: String?

    @Option(help: "Only this parser, by name.")
    var parser: String?

    @Argument(help: "Files, and folders that are searched for files; fixtures if none are named.")
    var paths = Samples.committedFolders

    func validate() throws {
        guard let parser, !parsersUnderTest.contains(where: { $0.name == parser }) else { return }
        throw ValidationError("no parser is named \(parser)")
    }

    func run() throws {
        let parsers = parsersUnderTest.filter { parser == nil || $0.name == parser }
        say("seed \(seed)")
        for parser in parsers {
            let samples = try Samples(of: paths, for: parser)
            var report = Report()
            for file in samples.files { try parse(file, parser, &report) }
            say("\(parser.name), whole files: \(report)")
            report = Report()
            try parseDamaged(samples, seconds: Double(seconds) / Double(parsers.count), &report)
            say("\(parser.name), damaged files: \(report)")
        }
        say("peak memory \(peakMegabytes()) MB")
    }

    private func parseDamaged(
        _ samples: Samples, seconds: Double, _ report: inout Report
    ) throws {
        var random = SeededRandom(seed: seed)
        let end = monotonicSeconds() + seconds
        while monotonicSeconds() < end, let file = samples.files.randomElement(using: &random) {
            let other = samples.files.randomElement(using: &random) ?? file
            try parse(damaged(file, by: other, using: &random), samples.parser, &report)
        }
    }

    private func parse(_ bytes: [UInt8], _ parser: NamedParser, _ report: inout Report) throws {
        if let keep { try writeFile(bytes, keep) }
        let start = monotonicSeconds()
        limitProcessorTime(seconds: parser.mostSeconds)
        let isAccepted: Bool
        do {
            try parser.parse(bytes)
            isAccepted = true
        } catch {
            isAccepted = false
        }
        limitProcessorTime(seconds: 0)
        report.add(accepted: isAccepted, seconds: monotonicSeconds() - start)
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

/// Ends the process with SIGPROF when it has computed that long from now; 0 takes the limit back.
///
/// Not by the clock: a machine that does other things is no parser that hangs.
private func limitProcessorTime(seconds: Int) {
    var limit = itimerval()
    limit.it_value.tv_sec = seconds
    // Safe: C reads one itimerval, and null asks for no answer.
    unsafe setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &limit, nil)
}

/// Prints a line at once: a signal would lose what stands in the buffer.
private func say(_ line: String) {
    print(line)
    fflush(nil)
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
