import Foundation
import Glibc
import Speech
import TestKit
import Testing

/// A text is read in the same memory, however long it is.
///
/// Two megabytes by default; `CURBCUT_READ_MEGABYTES=100` reads so many.
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
    try read(blocks: 4, markup)
    let before = peakBytes
    try read(blocks: (wanted ?? 2) * 8, markup)
    let more = peakBytes - before
    // A text that piles up takes twenty bytes a character.
    precondition(more < 4 << 20, "\(markup) holds \(more >> 10) KiB more")
}

private var peakBytes: Int {
    var usage = rusage()
    // Safe: the structure lives through the call.
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
}

/// Reads a text of so many blocks of 128 KiB through a pipe.
private func read(blocks: Int, _ markup: Markup) throws {
    let paragraph =
        switch markup {
        case .html: "<p>Ein Töpfchen cost <b>$3.50</b> &amp; more in 1984. Was it good?</p>\n"
        default: "Ein Töpfchen cost $3.50 and more in 1984. Was it *good*? It was.\n\n"
        }
    let folder = try TemporaryFolder()
    let path = try folder.write("text", String(repeating: paragraph, count: (128 << 10) / 70))
    // The same block again and again, so that the test itself holds none of it.
    let feed = unsafe popen(
        "for i in $(seq \(blocks)); do cat '\(path)'; done", "r")
    guard let feed = unsafe feed else { throw ReadingMemoryFault() }
    defer { unsafe pclose(feed) }
    var reader = try SentenceReader(
        descriptor: unsafe fileno(feed), style: ReadingStyle(markup: markup))
    var source = 0
    while let utterance = try reader.next() {
        source = max(source, reader.place(of: utterance.source).bytes.upperBound)
    }
    precondition(source > (blocks << 17) * 9 / 10, "only \(source) bytes were read")
}

private struct ReadingMemoryFault: Error {}
