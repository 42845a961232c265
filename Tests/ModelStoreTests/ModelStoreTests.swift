import ModelStore
import Signals
import TestKit
import Testing

@Suite struct ModelStoreTests {
    let folder: TemporaryFolder
    let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path]
    }

    private func addToStore(_ name: String) throws {
        try folder.write(".local/share/curbcut/models/\(name)/config.json", "{}")
    }

    private func addToHub(_ entry: String, revision: String, in hub: String? = nil) throws {
        let base = (hub ?? ".cache/huggingface/hub") + "/models--\(entry)"
        try folder.write("\(base)/snapshots/\(revision)/config.json", "{}")
        try folder.write("\(base)/refs/main", revision + "\n")
    }

    private func find(_ name: String, _ more: [String: String] = [:]) throws -> ModelFolder {
        try ModelStore.folder(named: name, environment: environment.merging(more) { $1 })
    }

    @Test func `a folder is taken as it is`() throws {
        let found = try find(folder.path + "/")
        #expect(found.path == folder.path)
        #expect(found.path(of: "config.json") == nil)
    }

    @Test func `a name is found in our own store`() throws {
        try addToStore("tiny")
        #expect(try find("tiny").path == folder.path + "/.local/share/curbcut/models/tiny")
        let elsewhere = ["XDG_DATA_HOME": folder.path + "/none"]
        #expect(throws: ModelStoreError.self) { try find("tiny", elsewhere) }
    }

    @Test func `each folder of CURBCUT_MODELS is looked at first`() throws {
        try addToStore("tiny")
        try folder.write("b/tiny/config.json", "{}")
        let list = ["CURBCUT_MODELS": "\(folder.path)/a:\(folder.path)/b"]
        #expect(try find("tiny", list).path == folder.path + "/b/tiny")
    }

    @Test func `what hf download has fetched is found by its name, with and without the owner`()
        throws
    {
        try addToHub("Some--tiny-model", revision: "abc123")
        let path = folder.path + "/.cache/huggingface/hub/models--Some--tiny-model/snapshots/abc123"
        #expect(try find("Some/tiny-model").path == path)
        #expect(try find("tiny-model").path == path)
        #expect(try find("tiny-model").name == "Some/tiny-model")
        #expect(throws: ModelStoreError.self) { try find("Other/tiny-model") }
    }

    @Test func `models that come with the tools are found from where the executable is`() throws {
        try folder.write("prefix/share/curbcut/models/small/config.json", "{}")
        try folder.write("checkout/examples/starter-models/small/config.json", "{}")
        func found(_ executable: String, _ environment: [String: String] = [:]) -> String? {
            let known = ModelStore.findingShipped(
                environment, executable: folder.path + "/" + executable)
            return try? ModelStore.folder(named: "small", environment: known).path
        }
        #expect(found("prefix/bin/tool") == folder.path + "/prefix/share/curbcut/models/small")
        #expect(
            found("checkout/.build/machine/release/tool")
                == folder.path + "/checkout/examples/starter-models/small")
        #expect(found("elsewhere/bin/tool") == nil)
        #expect(found("prefix/bin/tool", ["CURBCUT_STARTER_MODELS": ""]) == nil)
        #expect(ModelStore.findingShipped(environment, executable: "") == environment)
    }

    @Test func `what a user installed goes before what comes with the tools`() throws {
        try addToStore("small")
        try folder.write("shipped/small/config.json", "{}")
        let shipped = ["CURBCUT_STARTER_MODELS": folder.path + "/shipped/"]
        #expect(try find("small", shipped).path.contains("/.local/share/"))
        try folder.write("shipped/other/config.json", "{}")
        #expect(try find("other", shipped).path == folder.path + "/shipped/other")
    }

    @Test func `the Hugging Face variables move the cache`() throws {
        try addToHub("Some--one", revision: "1", in: "home/hub")
        try addToHub("Some--two", revision: "2", in: "cache")
        #expect(try find("one", ["HF_HOME": folder.path + "/home"]).name == "Some/one")
        #expect(try find("two", ["HF_HUB_CACHE": folder.path + "/cache"]).name == "Some/two")
        #expect(try find("one", ["HF_HOME": "~/home"]).name == "Some/one")
        #expect(
            try find("two", ["HUGGINGFACE_HUB_CACHE": folder.path + "/cache/"]).name == "Some/two")
    }

    @Test func `a model is found by what curbcut pull was given`() throws {
        try addToStore("Owner/apple")
        #expect(try find("hf:Owner/apple").name == "Owner/apple")
    }

    @Test func `a folder that is named by its path is called by its last name`() throws {
        try addToStore("apple")
        let path = folder.path + "/.local/share/curbcut/models/apple"
        #expect(try find(path + "/").name == "apple")
        #expect(try find(path + "/.").name == "apple")
    }

    @Test func `refs main chooses among snapshots`() throws {
        try addToHub("Some--model", revision: "old")
        try addToHub("Some--model", revision: "new")
        #expect(try find("model").path.hasSuffix("/snapshots/new"))
    }

    @Test func `a snapshot that was never finished is not installed`() throws {
        try folder.write(".cache/huggingface/hub/models--Some--model/refs/main", "gone")
        #expect(ModelStore.installed(environment: environment).isEmpty)
    }

    @Test func `installed models are listed once and by name`() throws {
        try addToHub("Some--model", revision: "1")
        try addToStore("zebra")
        try addToStore("Owner/apple")
        try folder.write("more/zebra/config.json", "{}")
        let found = ModelStore.installed(
            environment: environment.merging(["CURBCUT_MODELS": folder.path + "/more"]) { $1 })
        #expect(found.map(\.name) == ["Owner/apple", "Some/model", "zebra"])
        #expect(found.last?.path == folder.path + "/more/zebra")
    }

    @Test func `a missing model is answered with places, similar names and a command`() throws {
        try addToStore("blip-image-captioning-base")
        let error = #expect(throws: ModelStoreError.self) {
            try ModelStore.folder(
                named: "blip-image-captoning-base", environment: environment,
                pulledAs: "blip-image-captioning-base")
        }
        #expect(error?.exitStatus == .unavailable)
        #expect(error?.what.contains("\(folder.path)/.local/share/curbcut/models") == true)
        #expect(error?.what.contains("installed is blip-image-captioning-base") == true)
        #expect(error?.remedy == "fetch it with: curbcut pull blip-image-captioning-base")
    }

    @Test(arguments: ["...", "a..b", "", ".hidden", "--flag", "a b", "a\0b", "ä", "a$(b)"])
    func `a name that could mean something else is refused`(name: String) {
        #expect(throws: ModelStoreError.badName(name)) { try find(name) }
    }

    @Test(arguments: ["../../no-such", "/no/such/folder", "x/..", "a/b/c", "./x"])
    func `a path that leads nowhere is said to be missing`(path: String) {
        #expect(
            throws: ModelStoreError.notInstalled(
                path, lookedIn: [], similar: [], pulledAs: nil)
        ) { try find(path) }
    }

    @Test func `files of a model are read up to a limit`() throws {
        try addToStore("tiny")
        let model = try find("tiny")
        #expect(try model.bytes(of: "config.json", limit: 2) == Array("{}".utf8))
        #expect(throws: ModelStoreError.tooLarge("config.json", folder: model.path, limit: 1)) {
            try model.bytes(of: "config.json", limit: 1)
        }
        #expect(throws: ModelStoreError.missingFile("vocab.txt", folder: model.path)) {
            try model.bytes(of: "vocab.txt", limit: 1)
        }
    }
}
