import Foundation
import TestKit
import Testing

/// The engine's process may die; `speak` does not.
@Suite struct SpeakEngineTests {
    /// Waits for the engine of a tool that runs.
    private func engine(of tool: borrowing RunningTool) -> pid_t? {
        for _ in 0..<60_000 {
            if let child = tool.children.first { return child }
            usleep(1000)
        }
        return nil
    }

    private func isGone(_ process: pid_t) -> Bool {
        for _ in 0..<60_000 {
            if kill(process, 0) != 0 { return true }
            usleep(1000)
        }
        return false
    }

    @Test func `an engine killed between two sentences is replaced, and nothing is lost`() throws {
        var tool = try RunningTool("speak", [])
        try tool.write(Array("One.\n".utf8))
        try tool.waitForOutput(10_000)
        let engine = try #require(engine(of: tool))
        usleep(300_000)
        kill(engine, SIGKILL)
        let run = try tool.finish(input: Array("Two.\nThree.\n".utf8))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let whole = try ToolRun.run("speak", [], input: Array("One.\nTwo.\nThree.\n".utf8))
        #expect(abs(run.output.count - whole.output.count) < 22_050 / 10)
    }

    @Test func `an engine that hangs is killed, and the sentence named by its place`() throws {
        var tool = try RunningTool("speak", [])
        try tool.write(Array("One.\n".utf8))
        try tool.waitForOutput(10_000)
        let engine = try #require(engine(of: tool))
        usleep(300_000)
        kill(engine, SIGSTOP)
        let run = try tool.finish(input: Array("Two.\n".utf8))
        // A stopped engine says nothing of the sentence, so that is tried with a new one.
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(isGone(engine))
    }

    @Test(arguments: [SIGKILL, SIGTERM, SIGINT])
    func `the engine ends with the tool, however that ends`(signal: Int32) throws {
        var tool = try RunningTool("speak", [])
        try tool.write(Array("One.\n".utf8))
        try tool.waitForOutput(10_000)
        let engine = try #require(engine(of: tool))
        tool.send(signal: signal)
        #expect(try tool.finish().signal == signal)
        #expect(isGone(engine))
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
