import Foundation
import Images
import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

/// Checkpoints as their publishers wrote them: tied tensors twice, buffers beside the weights.
@Suite struct PublishedLayoutTests {
    let source = ModelFolder(path: Repository.fixtures + "/blip-tiny", name: "blip-tiny")

    /// The fixture's model with changed weights.
    func model(_ change: (inout StoredFile) -> Void) throws -> (TemporaryFolder, ModelFolder) {
        var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 22))
        change(&file)
        let copy = try copy(of: source, changing: ["model.safetensors": Array(file.data)])
        return (copy, ModelFolder(path: copy.path, name: "copy"))
    }

    func caption(
        _ folder: ModelFolder, _ precision: Precision = .f32
    ) throws -> Description {
        let image = try decodeImage(source.bytes(of: "picture.png", limit: 1 << 20))
        return try Catalogue.imageDescriber(
            in: folder, precision: precision, beams: 1, maximumTokens: nil
        ).describe(image, prefix: nil)
    }

    @Test func `tied copies and position buffers change nothing`() throws {
        let (copy, folder) = try model { file in
            file.copy(
                "text_decoder.bert.embeddings.word_embeddings.weight",
                to: "text_decoder.cls.predictions.decoder.weight")
            file.copy(
                "text_decoder.cls.predictions.bias", to: "text_decoder.cls.predictions.decoder.bias"
            )
            file.add("text_decoder.bert.embeddings.position_ids", "I64", [1, 2], Data(count: 16))
        }
        #expect(try caption(folder) == caption(source))
        extendLifetime(copy)
    }

    @Test func `a tensor without a place is named`() throws {
        let (copy, folder) = try model { $0.add("vision_proj.weight", "F32", [1], Data(count: 4)) }
        #expect(
            throws: WeightsError.extra(
                tensors: ["vision_proj.weight"], file: copy.path + "/model.safetensors")
        ) { try caption(folder) }
    }

    @Test func `a missing tensor is named`() throws {
        let name = "vision_model.encoder.layers.1.mlp.fc2.bias"
        let (copy, folder) = try model { $0.rename(name, to: "vision_model.other") }
        #expect(
            throws: WeightsError.missing(tensor: name, file: copy.path + "/model.safetensors")
        ) { try caption(folder) }
    }

    @Test(
        arguments: [
            "text_decoder.cls.predictions.transform.LayerNorm.weight",
            "vision_model.encoder.layers.0.mlp.fc1.weight",
            "vision_model.embeddings.patch_embedding.weight",
        ], Precision.allCases)
    func `weights that are not numbers give no caption`(name: String, precision: Precision) throws {
        for value in [Float.nan, .infinity] {
            let (copy, folder) = try model { $0.fill(name, with: value) }
            #expect(
                throws: WeightsError.notFinite(
                    tensor: name, file: copy.path + "/model.safetensors")
            ) { try caption(folder, precision) }
        }
    }

    @Test func `weights that lead beyond all numbers give no caption`() throws {
        let name = "text_decoder.cls.predictions.transform.LayerNorm.weight"
        let (copy, folder) = try model { $0.fill(name, with: 3e38) }
        #expect(throws: ModelError.notFinite(folder: copy.path)) { try caption(folder) }
    }

    @Test func `integers where weights belong are refused by their type`() throws {
        let name = "vision_model.post_layernorm.bias"
        let (copy, folder) = try model { file in
            file.rename(name, to: "text_decoder.position_ids")
            file.add(name, "I32", [48], Data(count: 192))
        }
        #expect(
            throws: WeightsError.type(
                tensor: name, found: .i32, file: copy.path + "/model.safetensors")
        ) { try caption(folder) }
    }
}

/// A safetensors file taken apart, to be put together differently.
struct StoredFile {
    private var header: [String: Any]
    private var body: Data

    init(_ bytes: [UInt8]) throws {
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let object = try JSONSerialization.jsonObject(with: Data(bytes[8..<(8 + length)]))
        header = try #require(object as? [String: Any])
        body = Data(bytes[(8 + length)...])
    }

    mutating func add(_ name: String, _ type: String, _ shape: [Int], _ data: Data) {
        header[name] = [
            "dtype": type, "shape": shape, "data_offsets": [body.count, body.count + data.count],
        ]
        body += data
    }

    mutating func copy(_ name: String, to other: String) { add(other, from: self, named: name) }

    private mutating func add(_ name: String, from file: StoredFile, named other: String? = nil) {
        guard let entry = file.header[other ?? name] as? [String: Any],
            let type = entry["dtype"] as? String, let shape = entry["shape"] as? [Int],
            let range = entry["data_offsets"] as? [Int]
        else { return }
        add(name, type, shape, file.body.subdata(in: range[0]..<range[1]))
    }

    mutating func fill(_ name: String, with value: Float) {
        fill(name, with: Data((0..<4).map { UInt8(value.bitPattern >> (8 * $0) & 0xFF) }))
    }

    /// Fills a tensor with one element's bytes.
    mutating func fill(_ name: String, with element: Data) {
        guard let entry = header[name] as? [String: Any],
            let range = entry["data_offsets"] as? [Int]
        else { return }
        let count = (range[1] - range[0]) / element.count
        body.replaceSubrange(
            range[0]..<range[1], with: Data([Data](repeating: element, count: count).joined()))
    }

    /// Leaves out the tensors whose name does not pass.
    mutating func keep(where passes: (String) -> Bool) {
        let old = self
        (header, body) = ([:], Data())
        for name in old.header.keys where passes(name) { add(name, from: old) }
    }

    mutating func rename(_ name: String, to other: String) {
        header[other] = header.removeValue(forKey: name)
    }

    var data: Data {
        get throws {
            let text = try JSONSerialization.data(withJSONObject: header)
            let length = (0..<8).map { UInt8(text.count >> (8 * $0) & 0xFF) }
            return Data(length) + text + body
        }
    }
}
