import Describing
import Foundation
import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

@Suite struct ModelChoiceTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func choice(_ name: String? = nil) -> ModelChoice {
        ModelChoice(
            name: name, precision: .int8, beams: 1,
            environment: ["CURBCUT_MODELS": folder.path])
    }

    @Test func `no installed captioner is no failure`() throws {
        #expect(try choice().captioner() == nil)
    }

    @Test func `no installed model for questions is one, with a command`() throws {
        let error = #expect(throws: NoModelError.self) { try choice().answerer() }
        #expect(error?.exitStatus == .unavailable)
        #expect(error?.remedy.contains("curbcut pull blip-vqa-base") == true)
    }

    @Test func `a name of the catalogue that is missing comes with its own command`() throws {
        let entry = try #require(Catalogue.entries.first)
        let error = #expect(throws: ModelStoreError.self) { try choice(entry.name).captioner() }
        #expect(error?.remedy == "fetch it with: curbcut pull \(entry.name)")
    }

    @Test func `a model that knows drawings only is taken by itself where no other is`() throws {
        let tiny = Repository.fixtures + "/blip-tiny"
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/starter-scenes", withDestinationPath: tiny)
        #expect(try choice().captioner()?.name == "starter-scenes")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/blip-image-captioning-large", withDestinationPath: tiny)
        #expect(try choice().captioner()?.name == "blip-image-captioning-large")
    }

    @Test func `a model of no known kind is refused, not skipped`() throws {
        try folder.write("strange/config.json", "{\"model_type\": \"strange\"}")
        #expect(throws: (any Error).self) { try choice("strange").captioner() }
    }
}
