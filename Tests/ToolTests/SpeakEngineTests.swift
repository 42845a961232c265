import Foundation
import TestKit
import Testing

/// The engine's process may die; `speak` does not.
@Suite struct SpeakEngineTests {
    private struct NoEngine: Error {}

    /// Waits for the engine of a tool that runs.
    private func engine(of tool: borrowing RunningTool) throws -> pid_t {
        for _ in 0..<60_000 {
            if let child = tool.children.first { return child }
            usleep(1000)
        }
        throw NoEngine()
    }

    private func isGone(_ process: pid_t) -> Bool {
        for _ in 0..<60_000 {
            if kill(process, 0) != 0 { return true }
            usleep(1000)
        }
        return false
    }

    /// Kills libespeak-ng 1.51 in the Kyrgyz voice, every time.
    private static let deadly = "http://x.y/z?q=1</ O'Neil"
    /// The same as markup, which is not cut into parts.
    private static let deadlyMarkup = "<s>http://x.y/z?q=1&lt;/ O'Neil</s>"

    @Test func `a text that kills the engine as a whole is spoken in parts`() throws {
        let text = "Before it.\n\n  \(Self.deadly)\n\nAfter it.\n"
        let run = try ToolRun.run("speak", ["--voice", "ky"], input: Array(text.utf8))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let others = try ToolRun.run(
            "speak", ["--voice", "ky"], input: Array("Before it.\n\nAfter it.\n".utf8))
        #expect(others.status == 0)
        // It takes more than a second to say.
        #expect(run.output.count > others.output.count + 44_100)
    }

    @Test func `what cannot be spoken is named by its place, and the rest is spoken`() throws {
        let text = "<speak>Before it.\n  \(Self.deadlyMarkup)\nAfter it.</speak>"
        let run = try ToolRun.run("speak", ["--voice", "ky", "--ssml"], input: Array(text.utf8))
        #expect(run.status == 70, "\(run)")
        let lines = run.errors.split(separator: "\n").map(String.init)
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix("speak: line 2, character 6: this sentence is not spoken, "))
        #expect(lines[0].contains("it was ended by signal"))
        #expect(
            lines[1].hasPrefix(
                "speak: a part of the text is not spoken, and everything else is; "))
        let others = try ToolRun.run(
            "speak", ["--voice", "ky", "--ssml"],
            input: Array("<speak>Before it. <s>After it.</s></speak>".utf8))
        #expect(others.status == 0)
        // The pauses between differ.
        #expect(run.output.count > others.output.count / 4 * 3)
    }

    @Test func `a file with what could be spoken appears, one with nothing does not`() throws {
        let path = NSTemporaryDirectory() + "curbcut-\(UUID().uuidString).wav"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let options = ["--voice", "ky", "--ssml", "-o", path]
        let nothing = try ToolRun.run(
            "speak", options, input: Array("<speak>\(Self.deadlyMarkup)</speak>".utf8))
        #expect(nothing.status == 70, "\(nothing)")
        #expect(!FileManager.default.fileExists(atPath: path))
        let some = try ToolRun.run(
            "speak", options, input: Array("<speak>One. \(Self.deadlyMarkup)</speak>".utf8))
        #expect(some.status == 70, "\(some)")
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `an engine killed in the middle of a sentence says the rest of it`() throws {
        var tool = try RunningTool("speak", ["--rate", "80"])
        let long = String(repeating: "word and word, ", count: 50)
        // Nobody reads the sound yet, so the engine waits with most of the sentence unsaid.
        try tool.write(Array("First \(long) end.\n\nSecond.\n\nThird.\n".utf8))
        try tool.waitForOutput(100)
        let process = try engine(of: tool)
        kill(process, SIGKILL)
        let run = try tool.finish()
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let whole = try ToolRun.run(
            "speak", ["--rate", "80"],
            input: Array("First \(long) end.\n\nSecond.\n\nThird.\n".utf8))
        // A word or two may be said twice, and a pause may be missing.
        #expect(abs(run.output.count - whole.output.count) < 4 * 44_100)
    }

    @Test func `an engine killed between two sentences is replaced, and nothing is lost`() throws {
        var tool = try RunningTool("speak", [])
        try tool.write(Array("One.\n".utf8))
        try tool.waitForOutput(10_000)
        let process = try engine(of: tool)
        usleep(300_000)
        kill(process, SIGKILL)
        let run = try tool.finish(input: Array("Two.\nThree.\n".utf8))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let whole = try ToolRun.run("speak", [], input: Array("One.\nTwo.\nThree.\n".utf8))
        #expect(abs(run.output.count - whole.output.count) < 22_050 / 10)
    }

    @Test func `an engine that hangs is killed, and the sentence named by its place`() throws {
        var tool = try RunningTool("speak", [])
        try tool.write(Array("One.\n".utf8))
        try tool.waitForOutput(10_000)
        let process = try engine(of: tool)
        usleep(300_000)
        kill(process, SIGSTOP)
        let run = try tool.finish(input: Array("Two.\n".utf8))
        // A stopped engine says nothing of the sentence, so that is tried with a new one.
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(isGone(process))
    }

    @Test(arguments: [SIGKILL, SIGTERM, SIGINT])
    func `the engine ends with the tool, however that ends`(signal: Int32) throws {
        var tool = try RunningTool("speak", [])
        try tool.write(Array("One.\n".utf8))
        try tool.waitForOutput(10_000)
        let process = try engine(of: tool)
        tool.send(signal: signal)
        #expect(try tool.finish().signal == signal)
        #expect(isGone(process))
    }

    @Test func `the engine's own argument is not in the help`() throws {
        let help = try ToolRun.run("speak", ["--help"])
        #expect(help.status == 0 && !help.text.contains("engine-process"))
        let completions = try ToolRun.run("speak", ["--generate-completion-script", "bash"])
        #expect(!completions.text.contains("engine-process"))
        // Without a socket for its input it ends at once.
        #expect(try ToolRun.run("speak", ["--engine-process"]).status == 0)
    }
}
