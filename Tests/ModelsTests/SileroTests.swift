import Foundation
import Inference
import ModelStore
import Models
import TestKit
import Testing

@Suite struct SileroTests {
    /// The tiny model's folder after a change to its file.
    private func folder(named file: String, replacing old: String, by new: String) throws
        -> TemporaryFolder
    {
        let temporary = try TemporaryFolder()
        let source = URL(fileURLWithPath: Repository.fixtures + "/silero-tiny/model.safetensors")
        var data = try Data(contentsOf: source)
        #expect(old.utf8.count == new.utf8.count)
        if let range = data.range(of: Data(old.utf8)) {
            data.replaceSubrange(range, with: Data(new.utf8))
        }
        try temporary.write(file, [UInt8](data))
        return temporary
    }

    private func load(_ folder: TemporaryFolder) throws -> Silero.Detector {
        try Silero.Detector(folder: ModelFolder(path: folder.path, name: "silero-vad"))
    }

    @Test func `the file is found under its authors' name too`() throws {
        let folder = try folder(named: "silero_vad_16k.safetensors", replacing: "", by: "")
        #expect(try load(folder).chunkSamples == 64)
    }

    @Test func `a folder without weights is refused`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: WeightsError.noWeights(folder: folder.path, found: nil)) {
            try load(folder)
        }
    }

    @Test func `a missing tensor is named`() throws {
        let folder = try folder(
            named: "model.safetensors", replacing: "lstm_cell.bias_hh", by: "lstm_cell.bias_xx")
        #expect(
            throws: WeightsError.missing(
                tensor: "lstm_cell.bias_hh", file: folder.path + "/model.safetensors")
        ) { try load(folder) }
    }

    @Test(
        arguments: [
            ("[18,1,32]", "[2,9,32] "), ("[18,1,32]", "[0,1,32] "), ("[18,1,32]", "[192,1,3]"),
            ("[12,9,3]", "[9,12,3]"), ("[1,16,1]", "[16,1,1]"), ("[64,16]", "[16,64]"),
        ])
    func `a tensor of another shape is refused`(old: String, new: String) throws {
        let folder = try folder(named: "model.safetensors", replacing: old, by: new)
        #expect(throws: WeightsError.self) { try load(folder) }
    }
}
