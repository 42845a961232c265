import Keeping
import Signals
import TestKit
import Testing

@Suite struct HalfFetchedTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func stage(_ name: String, _ reference: String, total: Int?) throws {
        let stage = try sample.store.stage(of: name)
        try Disk.makeFolder(stage)
        try HalfFetched.write(to: stage, reference: reference, total: total)
        try Disk.write([UInt8](repeating: 1, count: 2_500), to: stage + "/model.safetensors.part")
    }

    @Test func `what was kept is found, with how to go on`() throws {
        try stage("Owner/name", "hf:Owner/name@v2", total: 9_000)
        try stage("plain", "plain", total: nil)
        let all = HalfFetched.all(environment: sample.environment)
        #expect(all.map(\.name) == ["Owner/name", "plain"])
        #expect(all.map(\.amount) == ["3 kB of 9 kB", "3 kB"])
        #expect(all.first?.goOn == "curbcut pull hf:Owner/name@v2")
        #expect(all.first?.drop == "curbcut remove Owner/name")
    }

    @Test(arguments: ["", "{", "[]", "{\"reference\":7}"])
    func `without a note that can be read, the name says how to go on`(note: String) throws {
        try stage("whisper-tiny", "x", total: 1)
        try stage("Owner/name", "x", total: 1)
        for name in ["whisper-tiny", "Owner/name"] {
            try Disk.write(Array(note.utf8), to: sample.store.stage(of: name) + "/pull.json")
        }
        let all = HalfFetched.all(environment: sample.environment)
        #expect(all.map(\.reference) == ["hf:Owner/name", "whisper-tiny"])
        #expect(all.map(\.total) == [nil, nil])
    }

    @Test func `it is busy while somebody holds the model's lock`() async throws {
        try stage("one", "one", total: nil)
        let store = try sample.store
        let half = try #require(HalfFetched("one", in: store))
        #expect(!half.isBusy)
        try await store.withLock(of: "one", onWait: {}) { #expect(half.isBusy) }
        #expect(!half.isBusy)
    }

    @Test func `an import of the same name takes its place`() async throws {
        try stage("one", "one", total: nil)
        try await sample.install("one")
        #expect(HalfFetched.all(environment: sample.environment).isEmpty)
        #expect(folderNames(in: try sample.store.path) == ["one"])
    }

    @Test func `removal takes a model and what is half fetched of it`() async throws {
        try await sample.install("one")
        try stage("one", "one", total: nil)
        let removed = try await Removal.remove("one", environment: sample.environment, onWait: {})
        #expect(removed.wasInstalled && removed.freedBytes > 2_500)
        #expect(folderNames(in: try sample.store.path).isEmpty)
    }

    @Test func `an import that is cancelled leaves nothing`() async throws {
        let plan = try Importing.plan(SampleStore.source, name: "one", wantsLink: false)
        let store = try sample.store
        let task = Task {
            // Safe: the task is this one, which lives.
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await Importing.perform(plan, in: store, onWait: {})
        }
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(folderNames(in: store.path).isEmpty)
    }
}
