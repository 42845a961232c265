import Describing
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
        #expect(error?.remedy.contains("hf download ") == true)
    }

    @Test func `a name of the catalogue that is missing comes with its own command`() throws {
        let entry = try #require(Catalogue.entries.first)
        let error = #expect(throws: ModelStoreError.self) { try choice(entry.name).captioner() }
        #expect(error?.remedy.contains("hf download \(entry.repository)") == true)
    }

    @Test func `a model of no known kind is refused, not skipped`() throws {
        try folder.write("strange/config.json", "{\"model_type\": \"strange\"}")
        #expect(throws: (any Error).self) { try choice("strange").captioner() }
    }
}
