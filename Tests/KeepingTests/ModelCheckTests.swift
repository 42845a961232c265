import Keeping
import ModelStore
import Signals
import TestKit
import Testing

@Suite struct ModelCheckTests {
    let sample: SampleStore

    init() throws { sample = try SampleStore() }

    private func check(_ name: String) throws -> ModelCheck {
        try ModelCheck(sample.find(name), environment: sample.environment)
    }

    @Test func `what was installed and left alone is whole`() async throws {
        try await sample.install("one")
        let check = try check("one")
        #expect(check.isWhole)
        #expect(check.comparedCount >= 4)
        #expect(check.keeper == .store)
    }

    @Test func `one changed bit of the weights is found`() async throws {
        let path = try await sample.install("one")
        try sample.change(path + "/model.safetensors") { $0[$0.count - 1] ^= 1 }
        #expect(try check("one").faults == [.wrongDigest("model.safetensors")])
    }

    @Test func `a short file and a missing one are found, and named`() async throws {
        let path = try await sample.install("one")
        try sample.change(path + "/tokenizer.json") { $0.removeLast() }
        Disk.remove(path + "/generation_config.json")
        let faults = try check("one").faults
        #expect(faults.contains(.missing("generation_config.json")))
        #expect(faults.map(\.sentence).contains { $0.hasPrefix("tokenizer.json has ") })
    }

    @Test func `files of the Hugging Face cache are compared with their names`() throws {
        let hub = ".cache/huggingface/hub/models--Some--model"
        let blobs = sample.folder.path + "/" + hub + "/blobs"
        let snapshot = sample.folder.path + "/" + hub + "/snapshots/1"
        try Disk.makeFolder(blobs)
        try Disk.makeFolder(snapshot)
        try sample.folder.write(hub + "/refs/main", "1")
        for name in ["config.json", "model.safetensors", "tokenizer.json"] {
            let digest = try FileDigest.of(SampleStore.source + "/" + name)
            try Disk.write(
                Disk.contents(SampleStore.source + "/" + name), to: blobs + "/" + digest.hexDigits)
            try Disk.symbolicLink(
                to: "../../blobs/" + digest.hexDigits, at: snapshot + "/" + name)
        }
        let good = try check("Some/model")
        #expect(good.isWhole)
        #expect(good.comparedCount == 3)
        #expect(good.keeper == .hubCache)
        let weights = try #require(pathWithoutLinks(snapshot + "/model.safetensors"))
        try sample.change(weights) { $0[9] ^= 1 }
        #expect(try check("Some/model").faults.first == .wrongDigest("model.safetensors"))
    }

    @Test func `a model that somebody put there is looked at as far as its headers say`() throws {
        let path = try sample.copySample(to: "models/by-hand")
        #expect(try check("by-hand").isWhole)
        #expect(try check("by-hand").comparedCount == 0)
        try sample.change(path + "/model.safetensors") { $0.removeLast(10) }
        #expect(try !check("by-hand").isWhole)
    }

    @Test func `a damaged record is no record`() async throws {
        let path = try await sample.install("one")
        try sample.change(path + "/" + InstallRecord.fileName) { $0.removeLast(20) }
        #expect(InstallRecord(folder: path) == nil)
        #expect(try check("one").comparedCount == 0)
    }

    @Test(arguments: ["../config.json", ".hidden", "a/b"])
    func `a record that names files elsewhere is no record`(name: String) throws {
        let record = InstallRecord(
            source: "x", revision: nil, licence: nil,
            files: [
                .init(name: name, byteCount: 1, digest: .gitBlob(String(repeating: "0", count: 40)))
            ])
        try sample.folder.write("m/" + InstallRecord.fileName, record.bytes)
        #expect(InstallRecord(folder: sample.folder.path + "/m") == nil)
    }
}
