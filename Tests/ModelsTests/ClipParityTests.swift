import Inference
import Models
import TestKit
import Testing

/// Stage by stage beside `transformers`; the first red test shows where the gap is.
///
/// Fixtures: `Tests/Fixtures/clip-tiny/` (F32, quick GELU) and `clip-gelu-tiny/` (BF16, GELU), made
/// by `make_clip_fixtures.py`.
@Suite struct ClipParityTests {
    static let fixtures = ["clip-tiny", "clip-gelu-tiny"]

    /// A fixture and the model in it.
    struct Sample {
        let reference: Fixture
        let checkpoint: Checkpoint
        let config: Clip.Config

        init(_ name: String) throws {
            reference = try Fixture.named(name)
            checkpoint = try Checkpoint(folder: reference.folder)
            config = try Clip.Config(Configuration(file: reference.folder + "/config.json"))
        }

        func visionEncoder(_ precision: Precision) throws -> Clip.VisionEncoder {
            try Clip.VisionEncoder(checkpoint.weights, config, precision)
        }

        func textEncoder(_ precision: Precision) throws -> Clip.TextEncoder {
            try Clip.TextEncoder(checkpoint.weights, config, precision)
        }
    }

    @Test func `the config is read as it was written`() throws {
        let config = try Sample("clip-tiny").config
        #expect(config.vision.imageSide == 32)
        #expect(config.vision.positionCount == 17)
        #expect(config.vision.width == 48)
        #expect(config.vision.layers.headCount == 4)
        #expect(config.vision.layers.activation == .quickGelu)
        #expect(config.embeddingWidth == 24)
        #expect(config.text.layers.width == 32)
        #expect(config.text.positionCount == 24)
        #expect(config.text.endToken == 2)
        #expect(try Sample("clip-gelu-tiny").config.text.endToken == 237)
    }

    // f32 sums in another order; BF16 weights are exact in f32.
    @Test(arguments: fixtures)
    func `embedded patches, every layer and the class token's row equal the reference`(
        name: String
    ) throws {
        let sample = try Sample(name)
        let stages = try sample.visionEncoder(.f32).stages(sample.reference.tensor("pixels"))
        #expect(stages.count == 4)
        for (i, stage) in stages.dropLast().enumerated() {
            expectClose(stage, try sample.reference.tensor("hidden.\(i)"), within: 2e-5)
        }
        let pooled = try #require(stages.last)
        expectClose(pooled.values, try sample.reference.tensor("pooled").values, within: 2e-5)
    }

    @Test(arguments: fixtures)
    func `a picture's direction equals the reference`(name: String) throws {
        let sample = try Sample(name)
        let seen = try sample.visionEncoder(.f32)(sample.reference.tensor("pixels"))
        let direction = try #require(Direction(along: seen.values))
        expectClose(
            direction.values, try sample.reference.tensor("image").values, within: 2e-6)
    }

    // Rows of 32 and 48 numbers hide little of what rounding does to each.
    @Test(arguments: fixtures)
    func `8 bits keep a picture's direction`(name: String) throws {
        let sample = try Sample(name)
        let rough = try sample.visionEncoder(.int8)(sample.reference.tensor("pixels")).values
        let nearness = cosine(rough, try sample.reference.tensor("image").values)
        #expect(nearness >= 0.998)
    }

    @Test(arguments: fixtures)
    func `texts are tokenised as in the reference`(name: String) throws {
        let sample = try Sample(name)
        let tokenizer = try Tokenizer(folder: sample.reference.folder)
        let facts = try sample.reference.facts(Expected.self)
        #expect(facts.texts.map { tokenizer.encode($0) } == facts.ids)
    }

    @Test(arguments: fixtures)
    func `embedded tokens, every layer and the end token's row equal the reference`(
        name: String
    ) throws {
        let sample = try Sample(name)
        let tokens = try sample.reference.facts(Expected.self).ids[0]
        let stages = try sample.textEncoder(.f32).stages(tokens)
        #expect(stages.count == 4)
        for (i, stage) in stages.dropLast().enumerated() {
            expectClose(stage, try sample.reference.tensor("text.hidden.\(i)"), within: 2e-5)
        }
        let pooled = try #require(stages.last)
        expectClose(
            pooled.values, try sample.reference.tensor("text.pooled").values, within: 2e-5)
    }

    @Test(arguments: fixtures)
    func `texts' directions equal the reference, whatever follows their end`(name: String) throws {
        let sample = try Sample(name)
        let read = try sample.textEncoder(.f32)
        let expected = try sample.reference.tensor("texts")
        for (i, ids) in try sample.reference.facts(Expected.self).ids.enumerated() {
            let direction = try #require(Direction(along: read(ids).values))
            expectClose(direction.values, expected.row(i), within: 2e-6)
            #expect(read(ids + [5, 7]) == read(ids))
        }
    }

    @Test(arguments: fixtures)
    func `8 bits keep texts' directions`(name: String) throws {
        let sample = try Sample(name)
        let read = try sample.textEncoder(.int8)
        let expected = try sample.reference.tensor("texts")
        for (i, ids) in try sample.reference.facts(Expected.self).ids.enumerated() {
            #expect(cosine(read(ids).values, expected.row(i)) >= 0.998)
        }
    }

    @Test func `every tensor of the file has a place`() throws {
        let sample = try Sample("clip-tiny")
        _ = try sample.visionEncoder(.f32)
        _ = try sample.textEncoder(.f32)
        try sample.checkpoint.finish(ignoring: ["logit_scale"])
    }

    @Test func `4 bits change nothing, since a picture has many rows`() throws {
        let sample = try Sample("clip-tiny")
        let pixels = try sample.reference.tensor("pixels")
        #expect(try sample.visionEncoder(.int4)(pixels) == sample.visionEncoder(.int8)(pixels))
    }

    /// What `expected.json` holds.
    struct Expected: Decodable {
        let texts: [String]
        let ids: [[Int]]
    }
}
