import Foundation
import Inference
import Signals
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/text-and-pixels/processed.json`, made by `make_text_and_pixels.py`.
@Suite struct ImagePreprocessorTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `values equal the reference's processors`() throws {
        let path = Repository.fixtures + "/text-and-pixels/processed.json"
        let rows = try #require(try JSONValue(parsing: MappedFile.bytes(of: path)).array)
        let configurations = try #require(
            try JSONSerialization.jsonObject(with: Data(try MappedFile.bytes(of: path)))
                as? [[String: Any]])
        #expect(rows.count == 10)
        for (row, configuration) in zip(rows, configurations) {
            let config = try #require(configuration["config"])
            try folder.write(
                "preprocessor_config.json",
                [UInt8](JSONSerialization.data(withJSONObject: config)))
            let source = try #require(row["source"]?.array).compactMap { $0.integer }
            let output = try ImagePreprocessor(folder: folder.path)(
                noise(width: source[0], height: source[1]))
            #expect(output.width == row["width"]?.integer)
            #expect(output.height == row["height"]?.integer)
            let expected = try floats(try #require(row["values"]?.string))
            #expect(output.values.count == expected.count)
            // The same operations in the same order: the gap is 0 where the processor works in f32.
            let worst = zip(output.values, expected).map { abs($0 - $1) }.max() ?? .infinity
            #expect(worst <= 1e-6, "\(row["name"]?.string ?? "") from \(source): \(worst)")
        }
    }

    @Test func `BLIP's defaults are those of its class`() throws {
        let blip = try read(#"{"image_processor_type":"BlipImageProcessor"}"#)
        #expect(blip.size == .exact(width: 384, height: 384))
        #expect(blip.resampling == .bicubic)
        #expect(blip.crop == nil)
        #expect(blip.rescaleFactor == 1.0 / 255)
        #expect(blip.normalization?.mean == [0.48145466, 0.4578275, 0.40821073])
    }

    @Test func `a bare number is a square, or CLIP's shorter side`() throws {
        #expect(
            try read(#"{"image_processor_type":"ViTImageProcessor","size":9}"#).size
                == .exact(width: 9, height: 9))
        #expect(
            try read(#"{"feature_extractor_type":"CLIPFeatureExtractor","size":9}"#).size
                == .shortestEdge(9))
    }

    @Test(arguments: [
        (#"{"size":0}"#, "size"), (#"{"size":{"height":9}}"#, "size"),
        (#"{"size":{"longest_edge":9}}"#, "size"), (#"{"size":1e9}"#, "size"),
        (#"{"size":100000}"#, "size"), (#"{"resample":6}"#, "resample"),
        (#"{"image_mean":[0.5]}"#, "image_mean"), (#"{"image_std":[1,0,1]}"#, "image_std"),
        (#"{"do_resize":1}"#, "do_resize"), (#"{"rescale_factor":"x"}"#, "rescale_factor"),
        (#"{"do_center_crop":true}"#, "crop_size"),
    ])
    func `a field of the wrong kind is named`(json: String, name: String) throws {
        let whole = json.dropLast() + #","image_processor_type":"BlipImageProcessor"}"#
        let path = folder.path + "/preprocessor_config.json"
        #expect(throws: PreprocessorError.field(file: path, name: name)) { try read(String(whole)) }
    }

    @Test func `unknown processors and steps are refused by name`() throws {
        let path = folder.path + "/preprocessor_config.json"
        #expect(throws: PreprocessorError.unknownType(file: path, type: "NovelImageProcessor")) {
            try read(#"{"image_processor_type":"NovelImageProcessor"}"#)
        }
        #expect(throws: PreprocessorError.unknownStep(file: path, name: "do_pad")) {
            try read(#"{"image_processor_type":"BlipImageProcessor","do_pad":true}"#)
        }
        #expect(throws: PreprocessorError.field(file: path, name: "image_processor_type")) {
            try read("{}")
        }
        #expect(throws: PreprocessorError.self) { try read("{") }
    }

    @Test func `without its file the folder is named`() {
        #expect(throws: PreprocessorError.noConfiguration(folder: folder.path)) {
            try ImagePreprocessor(folder: folder.path)
        }
    }

    private func read(_ json: String) throws -> ImagePreprocessor {
        try folder.write("preprocessor_config.json", json)
        return try ImagePreprocessor(folder: folder.path)
    }

    private func floats(_ text: String) throws -> [Float] {
        let bytes = [UInt8](try #require(Data(base64Encoded: text)))
        return stride(from: 0, to: bytes.count, by: 4).map { i in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[i + $1]) << (8 * $1) })
        }
    }
}
