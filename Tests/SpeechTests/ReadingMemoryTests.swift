import Foundation
import Glibc
import Speech
import TestKit
import Testing

/// A text is read in the same memory, however long it is.
///
/// Some megabytes by default; `CURBCUT_READ_MEGABYTES=100` reads so many.
@Suite struct ReadingMemoryTests {
    @Test func `plain text does not pile up`() async {
        await #expect(processExitsWith: .success) { try checkMemory(.plain) }
    }

    @Test func `Markdown does not pile up`() async {
        await #expect(processExitsWith: .success) { try checkMemory(.markdown) }
    }

    @Test func `a web page does not pile up`() async {
        await #expect(processExitsWith: .success) { try checkMemory(.html) }
    }
}

/// Reads a short text and then a long one, and compares what the process has held at most.
private func checkMemory(_ markup: Markup) throws {
    let wanted = ProcessInfo.processInfo.environment["CURBCUT_READ_MEGABYTES"].flatMap { Int($0) }
    try read(megabytes: 2, markup)
    let before = peakBytes
    try read(megabytes: wanted ?? 8, markup)
    let more = peakBytes - before
    // A quarter of the shortest text, and what the allocator needs for its pieces.
    precondition(more < 2 << 20, "\(markup) holds \(more >> 10) KiB more")
}

private var peakBytes: Int {
    var usage = rusage()
    // Safe: the structure lives through the call.
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
}

private func read(megabytes: Int, _ markup: Markup) throws {
    let paragraph =
        switch markup {
        case .html: "<p>Ein Töpfchen cost <b>$3.50</b> &amp; more in 1984. Was it good?</p>\n"
        default: "Ein Töpfchen cost $3.50 and more in 1984. Was it *good*? It was.\n\n"
        }
    let folder = try TemporaryFolder()
    let path = try folder.write("text", String(repeating: paragraph, count: (1 << 20) / 70))
    // The same megabyte again and again, so that the test itself holds none of it.
    var source = 0
    let feed = unsafe popen(
        "for i in $(seq \(megabytes)); do cat '\(path)'; done", "r")
    guard let feed = unsafe feed else { throw ReadingMemoryFault() }
    defer { unsafe pclose(feed) }
    var reader = try SentenceReader(
        descriptor: unsafe fileno(feed), style: ReadingStyle(markup: markup))
    while let utterance = try reader.next() {
        source = max(source, reader.place(of: utterance.source).bytes.upperBound)
    }
    precondition(source > (megabytes << 20) * 9 / 10, "only \(source) bytes were read")
}

private struct ReadingMemoryFault: Error {}
