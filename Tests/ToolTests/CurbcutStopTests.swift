import Foundation
import Glibc
import TestHub
import TestKit
import Testing

/// Ctrl-C while curbcut works.
@Suite struct CurbcutStopTests {
    let folder: TemporaryFolder
    let hub: TestHub
    let weights: [UInt8]

    init() async throws {
        folder = try TemporaryFolder()
        weights = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let config = #"{"architectures":["WhisperForConditionalGeneration"]}"#
        hub = try await TestHub([
            HubRepository(
                "Some/model",
                files: [
                    "model.safetensors": weights, "config.json": Array(config.utf8),
                    "tokenizer.json": Array("{}".utf8),
                ], large: ["model.safetensors"])
        ])
    }

    private var environment: [String: String] {
        curbcutVariables(home: folder.path, endpoint: hub.endpoint)
    }

    private func start() throws -> RunningTool {
        try RunningTool("curbcut", ["pull", "hf:Some/model"], environment: environment)
    }

    private func curbcut(_ arguments: String...) throws -> ToolRun.Result {
        try ToolRun.run("curbcut", arguments, environment: environment)
    }

    /// Everything in the store, hidden or not.
    private var names: [String] {
        FileManager.default.enumerator(atPath: folder.path + "/models")?.compactMap {
            $0 as? String
        }.sorted() ?? []
    }

    /// Waits until some of the weights are on the disk.
    private func waitForWeights() throws {
        let part = folder.path + "/models/Some/.model.part/model.safetensors.part"
        let end = ContinuousClock.now + .seconds(RunningTool.hangSeconds)
        while ContinuousClock.now < end {
            let size = try? FileManager.default.attributesOfItem(atPath: part)[.size] as? Int
            if size ?? 0 > 100_000 { return }
            usleep(1_000)
        }
        Issue.record("no weights came")
    }

    private func expectStopped(_ run: ToolRun.Result, _ signal: Int32, saying outcome: String) {
        #expect(run.signal == signal && run.status == 128 + signal, "\(run)")
        let last = run.errors.split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("curbcut: stopped; \(outcome)"), "\(run)")
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `what came is kept, said, listed, and gone on with`(signal: Int32) throws {
        hub.script.bytesPerSecond = 1_000_000
        var tool = try start()
        try waitForWeights()
        tool.send(signal: signal)
        let run = try tool.finish()
        expectStopped(run, signal, saying: "kept ")
        #expect(
            run.errors.hasSuffix(
                " of 3 MB of Some/model; the same command goes on from there, and curbcut remove "
                    + "Some/model drops it\n"), "\(run)")
        #expect(!names.contains { $0.hasSuffix(".lock") || $0.hasSuffix(".new") }, "\(names)")
        let listed = try curbcut("list").text
        #expect(listed.contains("\nSome/model, half fetched: "))
        #expect(listed.contains("are kept, go on with: curbcut pull hf:Some/model, or drop"))
        #expect(
            try curbcut("doctor").text.contains(
                "; mend it with: curbcut pull hf:Some/model\n"))
        hub.script.bytesPerSecond = nil
        hub.forgetRequests()
        #expect(try curbcut("pull", "hf:Some/model").status == 0)
        #expect(hub.requests.first(where: \.isStorage)?.range?.hasPrefix("bytes=") == true)
        let installed = folder.path + "/models/Some/model/model.safetensors"
        #expect(try Data(contentsOf: URL(fileURLWithPath: installed)) == Data(weights))
        #expect(try !curbcut("list").text.contains("half fetched"))
    }

    @Test func `what was kept can be dropped`() throws {
        hub.script.bytesPerSecond = 1_000_000
        var tool = try start()
        try waitForWeights()
        tool.send(signal: SIGINT)
        _ = try tool.finish()
        let removed = try curbcut("remove", "hf:Some/model")
        #expect(
            removed.text.hasPrefix(
                "what was fetched of Some/model is removed from \(folder.path)/models/Some/model, "
                    + "which freed "), "\(removed)")
        #expect(names.isEmpty, "\(names)")
        expectOneSentence(try curbcut("remove", "Some/model"), of: "curbcut", status: 69)
    }

    @Test func `before anything came nothing is left`() throws {
        // A hub that asks to wait.
        hub.script.standingRefusal = (.listing, .init(503, [("Retry-After", "100")]))
        var tool = try start()
        try tool.waitForErrors(containing: "trying again")
        tool.send(signal: SIGINT)
        expectStopped(try tool.finish(), SIGINT, saying: "nothing was fetched")
        #expect(names.isEmpty, "\(names)")
    }

    @Test func `between two tries of a file what came is kept`() throws {
        hub.script.refusals = [(.storage, .init(503, [("Retry-After", "100")]))]
        var tool = try start()
        try tool.waitForErrors(containing: "trying again in 100 seconds")
        tool.send(signal: SIGINT)
        expectStopped(try tool.finish(), SIGINT, saying: "kept ")
    }

    @Test func `whoever waits for another pull stops without touching it`() throws {
        hub.script.bytesPerSecond = 1_000_000
        var first = try start()
        try waitForWeights()
        var second = try start()
        try second.waitForErrors(containing: "another curbcut changes it; waiting")
        #expect(try curbcut("list").text.contains("\nSome/model, being fetched just now: "))
        second.send(signal: SIGINT)
        expectStopped(try second.finish(), SIGINT, saying: "nothing has changed")
        hub.script.bytesPerSecond = nil
        let run = try first.finish()
        #expect(run.status == 0, "\(run)")
    }

    @Test func `a signal that a parent has ignored is ignored`() throws {
        hub.script.bytesPerSecond = 1_000_000
        var tool = try RunningTool(
            "/bin/sh",
            [
                "-c", "trap '' INT; exec \"$0\" pull hf:Some/model",
                ToolRun.buildFolder + "/curbcut",
            ], environment: environment)
        try waitForWeights()
        tool.send(signal: SIGINT)
        let run = try tool.finish()
        #expect(run.status == 0, "\(run)")
    }
}
