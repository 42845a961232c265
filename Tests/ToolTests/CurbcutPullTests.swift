import Foundation
import Glibc
import TestHub
import TestKit
import Testing

/// The built curbcut and a hub on loopback.
@Suite struct CurbcutPullTests {
    let folder: TemporaryFolder
    let hub: TestHub
    let weights: [UInt8]

    init() async throws {
        folder = try TemporaryFolder()
        weights = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let config = #"{"architectures":["WhisperForConditionalGeneration"]}"#
        hub = try await TestHub([
            HubRepository(
                "openai/whisper-tiny", licence: "apache-2.0",
                files: [
                    "model.safetensors": weights, "config.json": Array(config.utf8),
                    "tokenizer.json": Array("{}".utf8),
                ], large: ["model.safetensors"])
        ])
    }

    private var environment: [String: String] {
        curbcutVariables(home: folder.path, endpoint: hub.endpoint)
    }

    private var installed: String { folder.path + "/models/whisper-tiny" }

    private func pull(_ more: [String] = []) throws -> ToolRun.Result {
        try ToolRun.run("curbcut", ["pull", "whisper-tiny"] + more, environment: environment)
    }

    @Test func `pull says the licence, fetches, and writes where the model is`() throws {
        let run = try pull(["--progress"])
        #expect(run.status == 0, "\(run)")
        #expect(run.text == installed + "\n")
        let lines = run.errors.split(separator: "\n").map(String.init)
        #expect(
            lines.first
                == "curbcut: whisper-tiny: licence apache-2.0, declared at "
                + "\(hub.endpoint)/openai/whisper-tiny")
        #expect(lines.allSatisfy { $0.hasPrefix("curbcut: whisper-tiny: ") })
        let again = try pull(["--json"])
        #expect(again.text.contains("\"fetched\":false"), "\(again)")
    }

    @Test func `killed at any moment a hundred times, it still ends with the right bytes`() throws {
        hub.script.bytesPerSecond = 400_000
        for _ in 0..<100 {
            if FileManager.default.fileExists(atPath: installed) {
                try FileManager.default.removeItem(atPath: folder.path + "/models")
            }
            var tool = try RunningTool(
                "curbcut", ["pull", "whisper-tiny"], environment: environment)
            // A third of what a whole fetch takes, at most.
            usleep(UInt32.random(in: 0...150_000))
            tool.send(signal: SIGKILL)
            _ = try tool.finish()
        }
        hub.script.bytesPerSecond = nil
        #expect(try pull().status == 0)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: installed + "/model.safetensors"))
                == Data(weights))
        let check = try ToolRun.run("curbcut", ["verify"], environment: environment)
        #expect(check.text == "whisper-tiny: whole, 3 files compared\n", "\(check)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/models") == [
                "whisper-tiny"
            ])
    }

    @Test func `two processes that pull one model at once both succeed`() throws {
        hub.script.bytesPerSecond = 400_000
        var first = try RunningTool("curbcut", ["pull", "whisper-tiny"], environment: environment)
        var second = try RunningTool("curbcut", ["pull", "whisper-tiny"], environment: environment)
        let runs = [try first.finish(), try second.finish()]
        #expect(runs.allSatisfy { $0.status == 0 && $0.text == installed + "\n" }, "\(runs)")
        let check = try ToolRun.run("curbcut", ["verify"], environment: environment)
        #expect(check.status == 0, "\(check)")
    }
}
