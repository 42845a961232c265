import ArgumentParser
import Foundation
import Signals
import Synchronization
import TestKit
import Testing
import ToolKit

@Suite struct InputOptionsTests {
    let folder: TemporaryFolder
    let notices = Notices(tool: "test-tool")

    init() throws {
        folder = try TemporaryFolder()
    }

    private func inputs(_ arguments: [String]) throws -> [Input] {
        var seen: [Input] = []
        try InputOptions.parse(arguments).forEach("things", telling: notices) { seen.append($0) }
        return seen
    }

    @Test func `a single file has no label, of several each has its name`() throws {
        let first = try folder.write("a", "1")
        let second = try folder.write("b", "22")
        #expect(try inputs([first]).map(\.label) == [nil])
        let both = try inputs([second, first])
        #expect(both.map(\.label) == [second, first])
        #expect(both.map(\.bytes) == [Array("22".utf8), Array("1".utf8)])
    }

    @Test func `a list of files is read up to each zero byte and labels even a single file`() throws
    {
        let odd = try folder.write("two words\nand a line", "1")
        let list = try folder.write("list", Array(odd.utf8) + [0])
        let seen = try inputs(["--files0-from", list])
        #expect(seen.map(\.name) == [odd])
        #expect(seen.map(\.label) == [odd.replacingOccurrences(of: "\n", with: "\u{FFFD}")])
    }

    @Test func `a list may end without a zero byte, and may be empty`() throws {
        let file = try folder.write("a", "1")
        #expect(try inputs(["--files0-from", try folder.write("list", file)]).count == 1)
        #expect(try inputs(["--files0-from", try folder.write("none", "")]).isEmpty)
    }

    @Test func `a name that is not UTF-8 is found by its bytes`() throws {
        let bytes = Array("\(folder.path)/caf".utf8) + [0xE9]
        let made = try ToolRun.run(
            "/bin/sh", ["-c", "read -r name; echo x > \"$name\""], input: bytes + [0x0A])
        #expect(made.status == 0, "\(made)")
        let list = try folder.write("list", bytes + [0])
        #expect(try inputs(["--files0-from", list]).map(\.bytes) == [Array("x\n".utf8)])
    }

    @Test func `the inputs after a failing one are done, and the first status is kept`() throws {
        let good = try folder.write("good", "1")
        let empty = try folder.write("empty", "")
        var seen: [String] = []
        let options = try InputOptions.parse([folder.path + "/missing", good, empty, good])
        let failed = #expect(throws: SomeInputsFailed.self) {
            try options.forEach("things", telling: notices) { seen.append($0.name) }
        }
        #expect(seen == [good, good])
        #expect(failed?.firstStatus == .missingInput)
        #expect(failed?.failureCount == 2)
        #expect(failed?.inputCount == 4)
    }

    private func inputsAhead(
        _ arguments: [String], threads: [String] = [], _ work: (Input) throws -> Void
    ) throws {
        try InputOptions.parse(arguments).forEachAhead(
            "things", telling: notices, threads: ThreadOptions.parse(threads), open: { $0 },
            lookAhead: { _ in }, work)
    }

    @Test(arguments: [[], ["--threads", "1"]])
    func `what is opened ahead comes in order with its label, and a failure does not stop it`(
        threads: [String]
    ) throws {
        let names = try (0..<20).map { try folder.write("file-\($0)", "\($0)") }
        let missing = folder.path + "/missing"
        var seen: [Input] = []
        let failed = #expect(throws: SomeInputsFailed.self) {
            try inputsAhead(names + [missing] + names, threads: threads) { seen.append($0) }
        }
        #expect(failed?.failureCount == 1)
        #expect(seen.map(\.name) == names + names)
        #expect(seen.map(\.label) == names + names)
        #expect(seen.first?.bytes == Array("0".utf8))
    }

    @Test func `one file is opened without a label, ahead or not`() throws {
        let file = try folder.write("a", "1")
        var labels: [String?] = []
        try inputsAhead([file]) { labels.append($0.label) }
        #expect(labels == [nil])
    }

    @Test func `no more than one is opened ahead of the work, and none after it has ended`() throws
    {
        let names = try (0..<20).map { try folder.write("file-\($0)", "\($0)") }
        let openedCount = Mutex(0)
        var doneCount = 0
        #expect(throws: OutputError.full(name: "x")) {
            try InputOptions.parse(names).forEachAhead(
                "things", telling: notices, threads: ThreadOptions.parse([]),
                open: { input in
                    openedCount.withLock { $0 += 1 }
                    return input
                }, lookAhead: { _ in }
            ) { _ in
                doneCount += 1
                #expect(openedCount.withLock { $0 } <= doneCount + 1)
                if doneCount == 5 { throw OutputError.full(name: "x") }
            }
        }
        #expect(doneCount == 5)
        #expect(openedCount.withLock { $0 } <= 6)
    }

    @Test func `a failure to write ends the loop`() throws {
        let file = try folder.write("a", "1")
        var count = 0
        #expect(throws: OutputError.full(name: "x")) {
            try InputOptions.parse([file, file]).forEach("things", telling: notices) { _ in
                count += 1
                throw OutputError.full(name: "x")
            }
        }
        #expect(count == 1)
    }

    @Test(arguments: [["a", "--files0-from", "list"], ["-", "-"]])
    func `contradictions are refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try InputOptions.parse(arguments) }
    }

    @Test(arguments: [
        (InputError.missing, Signals.ExitStatus.missingInput), (.folder, .missingInput),
        (.unreadable(reason: ""), .missingInput), (.empty, .damagedInput),
        (.tooLarge(limit: 1), .damagedInput), (.brokenOff(reason: ""), .inputOutput),
    ])
    func `each failure to read has its status`(error: InputError, status: Signals.ExitStatus) {
        #expect(error.exitStatus == status)
    }
}
