import Inference
import ModelStore
import Models
import TestKit
import Testing

/// Stage by stage beside `transformers`; the first red test shows where the gap is.
///
/// What is decoded stands in `WhisperDecodingTests`.
@Suite struct WhisperParityTests {
    let fixture: WhisperFixture
    let parts: Whisper.Parts

    init() throws {
        fixture = try WhisperFixture()
        parts = try fixture.parts()
    }

    /// Every 25th row, as the fixture stores them.
    private func sampled(_ rows: Tensor) -> Tensor {
        let kept = stride(from: 0, to: rows.rows, by: 25).flatMap { rows.row($0) }
        return Tensor(kept, shape: [(rows.rows + 24) / 25, rows.width])
    }

    private func heard(_ parts: Whisper.Parts) throws -> Tensor {
        parts.encoder(parts.logMel(try fixture.samples()))
    }

    @Test func `the config is read as it was written`() {
        #expect(parts.config.width == 32)
        #expect(parts.config.encoder == .init(layerCount: 2, headCount: 4, mlpWidth: 128))
        #expect(parts.config.decoder == parts.config.encoder)
        #expect(parts.config.vocabularySize == 2_008)
        #expect(parts.config.textPositions == 448)
    }

    // The reference transforms in f32 too, in another order: the largest gap measured was 5e-5.
    @Test func `log-mel frames equal the reference, and silence follows the sound`() throws {
        let mel = parts.logMel(try fixture.samples())
        #expect(mel.shape == [3_000, 80])
        let expected = try fixture.reference.tensor("mel")
        let heard = Tensor(
            Array(mel.values.prefix(expected.values.count)), shape: expected.shape)
        expectClose(heard, expected, within: 1e-4)
        let rest = mel.values.dropFirst(expected.values.count)
        #expect(rest.allSatisfy { abs($0 - fixture.facts.silence) < 1e-5 })
    }

    @Test func `more channels, and sound up to a window's end, equal the reference`() throws {
        let samples = try fixture.samples()
        let wide = LogMel(channels: 128)(samples)
        let expected = try fixture.reference.tensor("mel.128")
        for row in 0..<expected.rows {
            expectClose(wide.row(row * 8), expected.row(row), within: 1e-4)
        }
        let whole = parts.logMel([[Float]](repeating: samples, count: 15).flatMap(\.self))
        let end = try fixture.reference.tensor("mel.whole")
        for row in 0..<end.rows {
            expectClose(whole.row(whole.rows - end.rows + row), end.row(row), within: 1e-4)
        }
    }

    // F16 weights are exact in f32; the largest gap measured was 5e-5, the mel's own.
    @Test func `embedded frames and every layer of the encoder equal the reference`() throws {
        let stages = parts.encoder.stages(parts.logMel(try fixture.samples()))
        #expect(stages.count == 3)
        for (i, stage) in stages.dropLast().enumerated() {
            expectClose(
                sampled(stage), try fixture.reference.tensor("hidden.\(i)"), within: 2e-4)
        }
    }

    @Test func `the encoder's output equals the reference`() throws {
        expectClose(
            sampled(try heard(parts)), try fixture.reference.tensor("hidden.2"), within: 2e-4)
    }

    @Test func `the first logits equal the reference`() throws {
        var memories = [parts.decoder.memory(hearing: try heard(parts))]
        let logits = parts.decoder.logits(
            after: [[parts.settings.startToken]], memories: &memories)
        expectClose(logits, try fixture.reference.tensor("logits.first"), within: 5e-4)
    }

    // The largest gap measured was 1.6e-4, at logits up to 20.
    @Test func `logits of a forced text equal the reference, whole or token by token`() throws {
        let memory = parts.decoder.memory(hearing: try heard(parts))
        let expected = try fixture.reference.tensor("logits.forced")
        func sampled(_ row: [Float]) -> [Float] {
            stride(from: 0, to: row.count, by: 7).map { row[$0] }
        }
        var whole = memory
        let logits = parts.decoder.logitsAfterEach(of: fixture.facts.forced, memory: &whole)
        var stepped = [memory]
        for (i, token) in fixture.facts.forced.enumerated() {
            expectClose(sampled(logits.row(i)), expected.row(i), within: 5e-4)
            let step = parts.decoder.logits(after: [[token]], memories: &stepped)
            expectClose(sampled(step.values), expected.row(i), within: 5e-4)
        }
    }

    // A width of 32 leaves little to average over; full sizes are closer.
    @Test func `8 bits keep the direction of the encoder's output and of the logits`() throws {
        let rough = try fixture.parts(.int8)
        #expect(cosine(try heard(rough).values, try heard(parts).values) >= 0.998)
        var memory = rough.decoder.memory(hearing: try heard(rough))
        let logits = rough.decoder.logitsAfterEach(of: fixture.facts.forced, memory: &memory)
        var exact = parts.decoder.memory(hearing: try heard(parts))
        let expected = parts.decoder.logitsAfterEach(of: fixture.facts.forced, memory: &exact)
        #expect(cosine(logits.values, expected.values) >= 0.995)
    }

    // Rounding the weights alone, in the reference implementation, leaves a cosine of 0.994.
    @Test func `4 bits keep what is heard, and the direction of the logits`() throws {
        let rough = try fixture.parts(.int4)
        let eight = try heard(fixture.parts(.int8))
        #expect(try heard(rough).values == eight.values)
        var memory = rough.decoder.memory(hearing: try heard(parts))
        let logits = rough.decoder.logitsAfterEach(of: fixture.facts.forced, memory: &memory)
        var exact = parts.decoder.memory(hearing: try heard(parts))
        let expected = parts.decoder.logitsAfterEach(of: fixture.facts.forced, memory: &exact)
        #expect(cosine(logits.values, expected.values) >= 0.985)
    }

    @Test func `a model of English only with older files loads from BF16`() throws {
        let path = Repository.fixtures + "/whisper-tiny.en"
        let parts = try Whisper.Parts(ModelFolder(path: path, name: "en"), .f32)
        #expect(!parts.settings.isMultilingual)
        #expect(parts.config.width == 16)
    }
}
