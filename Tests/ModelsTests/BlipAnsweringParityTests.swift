import Inference
import Models
import TestKit
import Testing

/// Question answering beside `transformers`, from weights stored in BF16.
///
/// Fixture: `Tests/Fixtures/blip-vqa-tiny/`, made by `make_blip_fixtures.py`.
@Suite struct BlipAnsweringParityTests {
    let reference: Fixture
    let checkpoint: Checkpoint
    let config: Blip.Config
    let facts: Expected

    init() throws {
        reference = try Fixture.named("blip-vqa-tiny")
        checkpoint = try Checkpoint(folder: reference.folder)
        config = try Blip.Config(Configuration(file: reference.folder + "/config.json"))
        facts = try reference.facts(Expected.self)
    }

    // BF16 weights are exact in f32; sums differ in order only.
    @Test func `the vision encoder's output equals the reference`() throws {
        let see = try Blip.VisionEncoder(
            checkpoint.weights.at("vision_model"), config.vision, .f32)
        expectClose(
            see(try reference.tensor("pixels")), try reference.tensor("last_hidden_state"),
            within: 2e-5)
    }

    @Test func `the question is tokenised as in the reference`() throws {
        let tokenizer = try Tokenizer(folder: reference.folder)
        #expect(tokenizer.encode(facts.question) == facts.question_ids)
    }

    @Test func `the question encoder's output equals the reference`() throws {
        let read = try Blip.QuestionEncoder(
            checkpoint.weights.at("text_encoder"), sourceWidth: config.vision.width, config.text,
            .f32)
        let rows = read(facts.question_ids, about: try reference.tensor("last_hidden_state"))
        expectClose(rows, try reference.tensor("question"), within: 2e-5)
    }

    @Test func `logits and the answer's tokens equal the reference`() throws {
        let write = try Blip.TextDecoder(
            checkpoint.weights.at("text_decoder"), sourceWidth: config.vision.width, config.text,
            .f32)
        let decoder = write.looking(at: try reference.tensor("question"))
        expectClose(
            decoder.logitsAfterEach(of: facts.forced), try reference.tensor("logits"),
            within: 5e-5)
        let prompt = [config.text.startToken]
        let written = generate(
            with: decoder, after: prompt,
            GenerationOptions(maximumLength: 21, endToken: config.text.endToken))
        #expect(prompt + written.tokens == facts.greedy.ids)
    }

    /// What `expected.json` holds.
    struct Expected: Decodable {
        let question: String
        let question_ids: [Int]
        let forced: [Int]
        let greedy: Written

        struct Written: Decodable {
            let ids: [Int]
            let text: String
        }
    }
}
