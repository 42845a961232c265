import Keeping
import ModelStore
import Signals
import TestKit
import Testing

@Suite struct RemovalTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func remove(_ name: String, _ more: [String: String] = [:]) async throws -> Int {
        try await Removal.remove(
            name, environment: sample.environment.merging(more) { $1 }, onWait: {}
        ).freedBytes
    }

    @Test func `a model goes with the weights that were packed from it`() async throws {
        let path = try await sample.install("one")
        try sample.folder.write("models/one/model.int8.curbcut", "packed")
        #expect(try await remove("one") > 6)
        #expect(Disk.kind(path) == nil)
        #expect(folderNames(in: sample.folder.path + "/models").isEmpty)
    }

    @Test func `of a link only the link goes`() async throws {
        let source = try sample.copySample(to: "source")
        let plan = try Importing.plan(source, name: "linked", wantsLink: true)
        _ = try await Importing.perform(plan, in: sample.store, onWait: {})
        #expect(try await remove("linked") == 0)
        #expect(Disk.size(source + "/config.json") != nil)
    }

    @Test func `what others keep stays`() async throws {
        try sample.copySample(to: "shipped/starter")
        let shipped = ["CURBCUT_STARTER_MODELS": sample.folder.path + "/shipped"]
        let error = await #expect(throws: KeepingError.self) {
            try await remove("starter", shipped)
        }
        #expect(error?.what.contains("comes with Curbcut") == true)
        await #expect(throws: KeepingError.self) {
            try await remove(sample.folder.path + "/shipped/starter")
        }
        #expect(Disk.kind(sample.folder.path + "/shipped/starter") == .folder)
    }

    @Test func `what is not there is said with what is near`() async throws {
        try await sample.install("whisper-base")
        let error = await #expect(throws: ModelStoreError.self) { try await remove("whisper-bas") }
        #expect(error?.what.contains("whisper-base") == true)
    }
}
