import Inference
import ModelStore
import Models
import TestKit
import Testing

/// A model whose weights an earlier start packed computes what one does that packs them itself.
@Suite struct PreparedParityTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func checkpoint(_ name: String, isKept: Bool) throws -> Checkpoint {
        try Checkpoint(
            folder: Repository.fixtures + "/" + name,
            keptAt: PreparedPlaces(
                isKept ? [folder.path + "/kept"] : [], .int8, leastBytes: 0))
    }

    private func whisperLogits(isKept: Bool) throws -> Tensor {
        let fixture = try WhisperFixture()
        let config = try fixture.parts().config
        let checkpoint = try checkpoint("whisper-tiny", isKept: isKept)
        let encoder = try Whisper.Encoder(checkpoint.weights.at("model.encoder"), config, .int8)
        let decoder = try Whisper.Decoder(checkpoint.weights, config, .int8)
        try checkpoint.finish()
        let mel = LogMel(channels: config.melCount)(try fixture.samples())
        var memory = decoder.memory(hearing: encoder(mel))
        return decoder.logitsAfterEach(of: fixture.facts.forced, memory: &memory)
    }

    @Test func `Whisper's logits are the same from kept weights, bit for bit`() throws {
        let fresh = try whisperLogits(isKept: false)
        #expect(try whisperLogits(isKept: true) == fresh)
        #expect(try folder.names.count == 1)
        #expect(try whisperLogits(isKept: true) == fresh)
    }

    private func blipLogits(isKept: Bool) throws -> Tensor {
        let source = Repository.fixtures + "/blip-tiny"
        let config = try Blip.Config(Configuration(file: source + "/config.json"))
        let checkpoint = try checkpoint("blip-tiny", isKept: isKept)
        let see = try Blip.VisionEncoder(
            checkpoint.weights.at("vision_model"), config.vision, .int8)
        let write = try Blip.TextDecoder(
            checkpoint.weights.at("text_decoder"), sourceWidth: config.vision.width, config.text,
            .int8)
        try checkpoint.finish(ignoring: ["position_ids"])
        let side = config.vision.imageSide
        var numbers = SeededNumbers(seed: 3)
        let rows = see(Tensor(numbers.floats(3 * side * side), shape: [3, side, side]))
        return write.looking(at: rows).logitsAfterEach(of: [config.text.startToken, 3, 5, 8])
    }

    @Test func `BLIP's logits are the same from kept weights, bit for bit`() throws {
        let fresh = try blipLogits(isKept: false)
        #expect(try blipLogits(isKept: true) == fresh)
        #expect(try folder.names.count == 1)
        #expect(try blipLogits(isKept: true) == fresh)
    }

    private func clipDirection(isKept: Bool) throws -> Tensor {
        let source = Repository.fixtures + "/clip-tiny"
        let config = try Clip.Config(Configuration(file: source + "/config.json"))
        let checkpoint = try checkpoint("clip-tiny", isKept: isKept)
        let see = try Clip.VisionEncoder(checkpoint.weights, config, .int8)
        try checkpoint.finish(ignoring: Clip.Embedder.unread)
        let side = config.vision.imageSide
        var numbers = SeededNumbers(seed: 3)
        return see(Tensor(numbers.floats(3 * side * side), shape: [3, side, side]))
    }

    @Test func `CLIP's direction is the same from kept weights, bit for bit`() throws {
        let fresh = try clipDirection(isKept: false)
        #expect(try clipDirection(isKept: true) == fresh)
        #expect(try folder.names.count == 1)
        #expect(try clipDirection(isKept: true) == fresh)
    }

    private func ggmlLogits(isKept: Bool) throws -> Tensor {
        let stems = isKept ? [folder.path + "/ggml"] : []
        let parts = try Whisper.Parts(
            GgmlFile(path: GgmlSample.path), .int8,
            keptAt: PreparedPlaces(stems, .int8, leastBytes: 0))
        var memory = parts.decoder.memory(hearing: parts.encoder(parts.logMel([0.5, -0.5])))
        return parts.decoder.logitsAfterEach(of: [1, 2, 3], memory: &memory)
    }

    @Test func `so are those of whisper.cpp's file`() throws {
        let fresh = try ggmlLogits(isKept: false)
        #expect(try ggmlLogits(isKept: true) == fresh)
        #expect(try folder.names.count == 1)
        #expect(try ggmlLogits(isKept: true) == fresh)
    }
}
