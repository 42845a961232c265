import Foundation
import ModelStore
import TestKit
import Testing

@Suite struct KeptFilesTests {
    let folder: TemporaryFolder
    let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path]
    }

    @Test func `files are kept beside the model, else in the user's cache`() throws {
        try folder.write("models/tiny/model.safetensors", "")
        let path = folder.path + "/models/tiny"
        let stems = KeptFiles.stems(for: path, environment: environment)
        #expect(stems.count == 2)
        #expect(stems[0] == path + "/model")
        #expect(stems[1].hasPrefix(folder.path + "/.cache/curbcut/prepared/tiny-"))
        let elsewhere = KeptFiles.stems(
            for: path, environment: ["HOME": folder.path, "XDG_CACHE_HOME": "/var/cache"])
        #expect(elsewhere[1].hasPrefix("/var/cache/curbcut/prepared/tiny-"))
        #expect(KeptFiles.stems(for: path, environment: [:]) == [path + "/model"])
    }

    @Test func `models of one name are told apart in the cache`() throws {
        let stems = ["a/tiny", "b/tiny"].map { name in
            KeptFiles.stems(for: folder.path + "/" + name, environment: environment).last
        }
        #expect(stems[0] != stems[1])
    }

    @Test func `nothing is put into the cache that hf download fills`() throws {
        try folder.write("blobs/1", "")
        try folder.write("snapshots/r/config.json", "{}")
        let path = folder.path + "/snapshots/r"
        try FileManager.default.createSymbolicLink(
            atPath: path + "/model.safetensors", withDestinationPath: "../../blobs/1")
        let stems = KeptFiles.stems(for: path, environment: environment)
        #expect(stems.count == 1)
        #expect(stems[0].hasPrefix(folder.path + "/.cache/curbcut/prepared/r-"))
    }

    @Test func `a model that is one file has them beside it`() throws {
        let path = try folder.write("ggml-tiny.bin", "")
        #expect(KeptFiles.stems(for: path, environment: environment)[0] == path)
    }

    @Test func `who wants nothing kept says so`() throws {
        let off = environment.merging(["CURBCUT_PREPARED": "off"]) { $1 }
        #expect(KeptFiles.stems(for: folder.path, environment: off) == [])
    }
}
