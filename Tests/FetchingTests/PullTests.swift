import Fetching
import Keeping
import ModelStore
import Signals
import TestHub
import TestKit
import Testing

/// A hub that behaves.
@Suite struct PullTests {
    @Test func `a model arrives whole, with its licence and its record, and nothing else`()
        async throws
    {
        let sample = try await HubSample()
        let pulled = try await sample.pull()
        #expect(try sample.isWhole)
        #expect(pulled.path == sample.installed)
        #expect(!pulled.wasThere)
        #expect(
            folderNames(in: sample.installed)
                == [
                    "LICENCE.txt", "README.md", "config.json", "curbcut.json", "model.safetensors",
                    "tokenizer.json",
                ])
        #expect(folderNames(in: sample.store + "/Some") == ["model"])
        let licence = try Disk.contents(sample.installed + "/LICENCE.txt")
        #expect(
            String(decoding: licence, as: UTF8.self).contains("The licence of Some/model is mit"))
    }

    @Test func `the licence is said before the first byte of the model is asked for`() async throws
    {
        let sample = try await HubSample()
        try await sample.pull()
        #expect(
            sample.said.first?.contains("licence mit, declared at \(sample.hub.endpoint)") == true)
        #expect(sample.said.contains { $0.contains("fetching 4 files, 40 kB into") })
    }

    @Test func `pickle and weights for other programs are never asked for`() async throws {
        let sample = try await HubSample()
        try await sample.pull()
        let paths = sample.hub.requests.map(\.path)
        #expect(!paths.contains { $0.contains(".bin") || $0.contains(".msgpack") })
        #expect(paths.first?.hasPrefix("/api/models/Some/model/revision/main") == true)
        #expect(paths.contains { $0.contains("/resolve/c0ffee00") })
    }

    @Test func `a model that is there is checked and not fetched again`() async throws {
        let sample = try await HubSample()
        try await sample.pull()
        sample.hub.forgetRequests()
        #expect(try await sample.pull().wasThere)
        #expect(sample.hub.requests.isEmpty)
    }

    @Test func `of a damaged model only what is damaged is fetched again`() async throws {
        let sample = try await HubSample()
        try await sample.pull()
        try sample.folder.write("models/Some/model/tokenizer.json", "[]")
        sample.hub.forgetRequests()
        #expect(try await !sample.pull().wasThere)
        #expect(try sample.isWhole)
        #expect(sample.said.contains { $0.contains("tokenizer.json is damaged") })
        let files = sample.hub.requests.filter { $0.path.contains("/resolve/") }
        #expect(files.map { $0.path.split(separator: "/").last } == ["tokenizer.json"])
    }

    @Test func `the token goes to the hub and not to where the hub leads`() async throws {
        let sample = try await HubSample()
        sample.hub.script.token = "hf_secret"
        try await sample.pull(nil, ["HF_TOKEN": "hf_secret"])
        let (storage, hub) = (
            sample.hub.requests.filter(\.isStorage), sample.hub.requests.filter { !$0.isStorage }
        )
        #expect(!storage.isEmpty)
        #expect(storage.allSatisfy { $0.authorization == nil })
        #expect(hub.allSatisfy { $0.authorization == "Bearer hf_secret" })
        let written = try folderNames(in: sample.installed).map {
            String(decoding: try Disk.contents(sample.installed + "/" + $0), as: UTF8.self)
        }
        #expect(!written.contains { $0.contains("hf_secret") })
        #expect(!sample.said.contains { $0.contains("hf_secret") })
    }

    @Test func `a mirror is asked in place of the hub, and without the token`() async throws {
        let sample = try await HubSample()
        let nowhere = ["HF_ENDPOINT": "https://hub.invalid", "HF_TOKEN": "hf_secret"]
        try await sample.pull(nil, nowhere, mirror: sample.hub.endpoint + "/")
        #expect(try sample.isWhole)
        #expect(sample.hub.requests.allSatisfy { $0.authorization == nil })
    }

    @Test func `a server that lists no sizes and digests is believed on what it sends with a file`()
        async throws
    {
        let sample = try await HubSample()
        sample.hub.script.listsDigests = false
        try await sample.pull()
        #expect(try sample.isWhole)
    }

    @Test func `a chosen revision is fetched`() async throws {
        let sample = try await HubSample()
        let pulled = try await sample.pull("hf:Some/model@refs/pr/1")
        #expect(pulled.revision?.hasPrefix("c0ffee00") == true)
        #expect(sample.hub.requests.first?.path.contains("/revision/refs%2Fpr%2F1") == true)
    }

    @Test func `weights in several files come with the index that names them`() async throws {
        let parts = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
        let index = #"{"weight_map":{"a":"\#(parts[0])","b":"\#(parts[1])"}}"#
        let sample = try await HubSample(changes: [
            "model.safetensors": nil, "model.safetensors.index.json": Array(index.utf8),
            parts[0]: [1, 2, 3], parts[1]: [4, 5], "model-00003-of-00002.safetensors": [6],
        ])
        try await sample.pull()
        let names = folderNames(in: sample.installed).filter { $0.hasSuffix(".safetensors") }
        #expect(names == parts)
    }

    @Test func `two pulls of one model at once both end with the whole model`() async throws {
        let sample = try await HubSample(weightCount: 300_000)
        sample.hub.script.bytesPerSecond = 1_000_000
        async let first = sample.pull()
        async let second = sample.pull()
        let results = try await [first, second]
        #expect(try sample.isWhole)
        #expect(results.filter(\.wasThere).count == 1)
        #expect(sample.said.contains { $0.contains("another curbcut changes it; waiting") })
        #expect(folderNames(in: sample.store + "/Some") == ["model"])
    }

    @Test func `how far it is is said in words`() {
        #expect(
            PullProgress.sentence(
                have: 120_000_000, came: 100_000_000, total: 290_000_000, seconds: 10)
                == "120 MB of 290 MB, 41 per cent, 10 MB a second, about 17 seconds left")
        #expect(
            PullProgress.sentence(have: 0, came: 0, total: 5_000, seconds: 20)
                == "0 bytes of 5 kB, 0 per cent, 0 bytes a second")
    }
}
