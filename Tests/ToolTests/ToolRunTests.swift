import Foundation
import TestKit
import Testing

@Suite struct ToolRunTests {
    @Test func `input, output, errors, environment and status all come through`() throws {
        let run = try ToolRun.run(
            "/bin/sh", ["-c", "cat; printf \"$WORD\" >&2; exit 7"], input: Array("abc".utf8),
            environment: ["WORD": "late"])
        #expect(run.output == Array("abc".utf8))
        #expect(run.errors == "late")
        #expect(run.status == 7)
        #expect(run.signal == nil)
    }

    @Test func `more than a pipe holds goes in and comes out`() throws {
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try ToolRun.run("/bin/cat", [], input: bytes).output == bytes)
    }

    @Test func `a tool that does not read its input is no harm`() throws {
        let bytes = [UInt8](repeating: 0, count: 1_000_000)
        #expect(try ToolRun.run("/bin/true", [], input: bytes).status == 0)
    }

    @Test func `a signal is reported as in a shell`() throws {
        let run = try ToolRun.run("/bin/sh", ["-c", "kill -TERM $$"])
        #expect(run.signal == SIGTERM)
        #expect(run.status == 128 + SIGTERM)
    }

    @Test func `a tool that hangs is killed`() {
        #expect(throws: RunningTool.Failure.self) {
            try ToolRun.run("/bin/sleep", ["60"], timeoutSeconds: 0.2)
        }
    }

    @Test func `output arrives while input stays open`() throws {
        var cat = try RunningTool("/bin/cat", [])
        try cat.write(Array("first".utf8))
        try cat.waitForOutput(5)
        #expect(cat.outputSoFar == Array("first".utf8))
        #expect(try cat.finish(input: Array(" last".utf8)).text == "first last")
    }

    @Test func `standard output can be a terminal, and the working folder another`() throws {
        let run = try ToolRun.run(
            "/bin/sh", ["-c", "test -t 1 && pwd >&2"], output: .terminal, folder: "/usr")
        #expect(run.status == 0, "\(run)")
        #expect(run.errors == "/usr\n")
    }
}
