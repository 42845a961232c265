import Keeping
import ModelStore
import Signals
import Synchronization
import TestKit
import Testing

@Suite struct StoreTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    @Test func `models are kept in the first folder that can be written`() throws {
        let file = try sample.folder.write("file", "")
        let list = [
            "HOME": sample.folder.path, "CURBCUT_MODELS": "\(file)/none:\(sample.folder.path)/b",
        ]
        #expect(try Store(environment: list).path == sample.folder.path + "/b")
        #expect(
            try Store(environment: ["HOME": sample.folder.path]).path
                == sample.folder.path + "/.local/share/curbcut/models")
        #expect(throws: KeepingError.noStore) { try Store(environment: [:]) }
        #expect(throws: KeepingError.self) {
            try Store(environment: ["CURBCUT_MODELS": file + "/x"])
        }
    }

    @Test func `what gathers is found by nobody until it is installed`() throws {
        let store = try sample.store
        try sample.copySample(to: "models/Some/.model.part")
        #expect(store.stage(of: "Some/model").hasSuffix("/models/Some/.model.part"))
        #expect(ModelStore.installed(environment: sample.environment).isEmpty)
        try store.install("Some/model", from: store.stage(of: "Some/model"))
        #expect(ModelStore.installed(environment: sample.environment).map(\.name) == ["Some/model"])
    }

    @Test func `a newer model takes the place of an older one whole`() throws {
        let store = try sample.store
        try sample.folder.write("models/one/old", "old")
        try sample.folder.write("models/.one.part/new", "new")
        try store.install("one", from: store.stage(of: "one"))
        #expect(folderNames(in: store.folder(of: "one")) == ["new"])
        #expect(folderNames(in: store.path) == ["one"])
    }

    @Test func `two that change one model do so one after the other`() async throws {
        let store = try sample.store
        let visitors = Visitors()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<20 {
                        try await store.withLock(of: "one", onWait: {}) {
                            visitors.enter()
                            await Task.yield()
                            visitors.leave()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(visitors.most == 1)
        #expect(folderNames(in: store.path).isEmpty)
    }

    @Test func `files that are needed are chosen, and pickle never`() throws {
        let names = [
            "config.json", "tokenizer.json", "model.safetensors", "pytorch_model.bin",
            "tf_model.h5", "README.md", "LICENSE", "onnx/model.onnx", "generation_config.json",
            "model.fp32-00001-of-00002.safetensors", ".gitattributes",
        ]
        let needed = try NeededFiles(among: names, of: "x")
        #expect(
            needed.settings == ["config.json", "generation_config.json", "tokenizer.json"])
        #expect(needed.weights == ["model.safetensors"])
        #expect(needed.terms == ["LICENSE", "README.md"])
        #expect(throws: NeededFilesError.noWeights(place: "x", found: "pytorch_model.bin")) {
            try NeededFiles(
                among: ["config.json", "tokenizer.json", "pytorch_model.bin"], of: "x")
        }
        #expect(throws: NeededFilesError.missing("tokenizer.json", place: "x")) {
            try NeededFiles(among: ["config.json", "model.safetensors"], of: "x")
        }
    }

    @Test(arguments: [
        "{\"weight_map\":{\"a\":\"../../x.safetensors\"}}", "{\"weight_map\":{\"a\":\"x.bin\"}}",
        "{\"weight_map\":{}}", "[]", "",
    ])
    func `an index that names other files is of no use`(text: String) {
        #expect(throws: NeededFilesError.self) {
            try Shards.names(inIndex: Array(text.utf8), of: "x")
        }
    }
}

/// Counts who is inside at once.
private final class Visitors: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func enter() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
    }

    func leave() { counts.withLock { $0.now -= 1 } }
}
