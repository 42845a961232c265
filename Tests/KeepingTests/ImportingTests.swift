import Inference
import Keeping
import ModelStore
import Models
import Signals
import TestKit
import Testing

@Suite struct ImportingTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func bring(_ path: String, name: String? = nil, link: Bool = false) async throws
        -> String
    {
        let plan = try Importing.plan(path, name: name, wantsLink: link)
        return try await Importing.perform(plan, in: sample.store, onWait: {})
    }

    @Test func `a folder is copied, without what no loader needs`() async throws {
        let source = try sample.copySample(to: "source")
        try sample.folder.write("source/pytorch_model.bin", "pickle")
        try sample.folder.write("source/LICENSE", "mine")
        let path = try await bring(source, name: "mine")
        #expect(path == sample.folder.path + "/models/mine")
        let names = folderNames(in: path)
        #expect(!names.contains("pytorch_model.bin"))
        #expect(names.contains("LICENSE") && names.contains(InstallRecord.fileName))
        #expect(try ModelCheck(sample.find("mine"), environment: sample.environment).isWhole)
        #expect(folderNames(in: sample.folder.path + "/models") == ["mine"])
    }

    @Test func `a link is what the store then holds, and the model is found through it`()
        async throws
    {
        let source = try sample.copySample(to: "source")
        let path = try await bring(source, name: "linked", link: true)
        #expect(Disk.target(ofLink: path) == source)
        #expect(try sample.find("linked").path == path)
    }

    @Test func `a model of the Hugging Face cache is linked to, under its repository's name`()
        async throws
    {
        let cache = "hub/models--Some--model"
        try sample.copySample(to: cache + "/snapshots/abc")
        try sample.folder.write(cache + "/refs/main", "abc\n")
        let path = try await bring(sample.folder.path + "/" + cache)
        #expect(path.hasSuffix("/models/Some/model"))
        #expect(Disk.target(ofLink: path)?.hasSuffix("/snapshots/abc") == true)
    }

    @Test func `a file of whisper.cpp's becomes a model with a name`() async throws {
        let bytes = try Disk.contents(GgmlSample.path)
        let file = try sample.folder.write("ggml-base.en.bin", bytes)
        let path = try await bring(file)
        #expect(path.hasSuffix("/models/whisper-base.en"))
        let found = try sample.find("whisper-base.en")
        #expect(ModelCheck(found, environment: sample.environment).isWhole)
        let recognizer = try Catalogue.speechRecognizer(
            named: "whisper-base.en", environment: sample.environment, precision: .f32)
        #expect(recognizer.name.hasSuffix("/" + ModelFolder.ggmlFile))
    }

    @Test func `what is there already stays`() async throws {
        _ = try await bring(SampleStore.source, name: "one")
        let before = folderNames(in: sample.folder.path + "/models/one")
        await #expect(throws: KeepingError.self) {
            try await bring(SampleStore.source, name: "one")
        }
        #expect(folderNames(in: sample.folder.path + "/models/one") == before)
    }

    @Test func `what is no model is refused, with what is`() throws {
        let text = try sample.folder.write("notes.txt", "words")
        #expect(throws: (any Error).self) {
            try Importing.plan(text, name: nil, wantsLink: false)
        }
        try sample.folder.write("empty/readme", "")
        #expect(throws: KeepingError.notAModel(sample.folder.path + "/empty")) {
            try Importing.plan(sample.folder.path + "/empty", name: nil, wantsLink: false)
        }
        try sample.folder.write("other/config.json", "{\"architectures\":[\"GPT2LMHeadModel\"]}")
        #expect(throws: ModelError.self) {
            try Importing.plan(sample.folder.path + "/other", name: nil, wantsLink: false)
        }
        #expect(throws: KeepingError.badName("../x")) {
            try Importing.plan(SampleStore.source, name: "../x", wantsLink: false)
        }
    }
}
