import Inference
import Models
import Signals
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/whisper-alignment/`, made by `make_whisper_alignment.py` with
/// `openai/whisper` from the checkpoint in `Tests/Fixtures/whisper-tiny/`.
struct AlignmentFixture {
    let expected: Fixture
    let facts: Facts
    let tiny: Fixture

    init() throws {
        expected = try Fixture.named("whisper-alignment")
        facts = try expected.facts(Facts.self)
        tiny = try Fixture.named("whisper-tiny")
    }

    struct Facts: Decodable {
        let paths: [String: Path]
        let splits: [Split]
        let merges: [Merge]
        let times: [Times]
        let texts: [String: Text]
    }

    struct Path: Decodable {
        let rows: [Int]
        let columns: [Int]
    }

    struct Split: Decodable {
        let language: String
        let tokens: [Int]
        let words: [String]
        let counts: [Int]
    }

    struct Merge: Decodable {
        struct Merged: Decodable {
            let text: String
            let start: Double
        }
        let texts: [String]
        let merged: [Merged]
    }

    struct Given: Decodable {
        let start: Double
        let end: Double
        let tokens: [Int]
    }

    struct Times: Decodable {
        let given: [Given]
        let words: [ListedWord]
        let segments: [Segment]
    }

    /// Text, start, end, probability.
    struct ListedWord: Decodable {
        let text: String
        let start: Double
        let end: Double
        let probability: Double

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            text = try list.decode(String.self)
            start = try list.decode(Double.self)
            end = try list.decode(Double.self)
            probability = try list.decode(Double.self)
        }
    }

    struct Segment: Decodable {
        let start: Double
        let end: Double
        let words: [Word]
    }

    struct Word: Decodable {
        let text: String
        let start: Double
        let end: Double
        var probability: Float?
    }

    struct Text: Decodable {
        let language: String
        let frames: Int
        let prefix: [Int]
        let given: [Given]
        let path: Path
        let words: [Word]
        let segments: [Segment]
    }
}

@Suite struct WhisperAlignmentTests {
    let fixture: AlignmentFixture

    init() throws { fixture = try AlignmentFixture() }

    static let names = ["english", "one_word", "german", "japanese", "joined"]
    // generation_config.json of the checkpoint, "alignment_heads"
    let heads = [(0, 1), (1, 0), (1, 3)].map { Whisper.Settings.Head(layer: $0.0, head: $0.1) }

    /// What the decoder sees in the fixture's window, and the text's tokens.
    func align(
        _ name: String, _ precision: Precision
    ) throws -> (Whisper.Alignment, AlignmentFixture.Text) {
        let text = try #require(fixture.facts.texts[name])
        let checkpoint = try Checkpoint(folder: fixture.tiny.folder)
        let config = try Whisper.Config(
            Configuration(file: fixture.tiny.folder + "/config.json"))
        let encoder = try Whisper.Encoder(
            checkpoint.weights.at("model.encoder"), config, precision)
        let decoder = try Whisper.Decoder(checkpoint.weights, config, precision)
        let start = try fixture.tiny.tensor("mel")
        let silence = start.row(start.rows - 1)
        let rest = (start.rows..<(2 * config.soundPositions)).flatMap { _ in silence }
        let mel = Tensor(
            start.values + rest, shape: [2 * config.soundPositions, config.melCount])
        let alignment = decoder.align(
            text.given.flatMap(\.tokens), after: text.prefix, textIDs: 0..<400, heads: heads,
            memory: decoder.memory(hearing: encoder(mel)), columns: text.frames / 2)
        return (try #require(alignment), text)
    }

    @Test(arguments: names)
    func `what the heads looked at is the reference's`(name: String) throws {
        let (alignment, _) = try align(name, .f32)
        // A standardised column whose probabilities are nearly equal enlarges their rounding.
        expectClose(
            alignment.attention, try fixture.expected.tensor("attention.\(name)"), within: 2e-2)
        let expected = try fixture.expected.tensor("attention.\(name)")
        #expect(cosine(alignment.attention.values, expected.values) > 0.99999)
    }

    @Test(arguments: names)
    func `words, their times and their probabilities are the reference's`(name: String) throws {
        let (alignment, text) = try align(name, .f32)
        let tokenizer = try Tokenizer(folder: fixture.tiny.folder)
        let segments = text.given.map {
            Whisper.TokenSegment(
                tokens: $0.tokens, range: .init(startSeconds: $0.start, endSeconds: $0.end))
        }
        let words = Whisper.timedWords(
            of: segments, alignment, tokenizer, language: text.language)
        let flat = words.flatMap { $0 }
        #expect(flat.map(\.text) == text.words.map(\.text))
        #expect(flat.map(\.start) == text.words.map(\.start))
        #expect(flat.map(\.end) == text.words.map(\.end))
        expectClose(flat.map(\.probability), text.words.compactMap(\.probability), within: 1e-4)
        let timed = Whisper.timed(
            words, in: segments.map(\.range), durationSeconds: Double(text.frames) / 100)
        #expect(timed.map { $0.words.map(\.text) } == text.segments.map { $0.words.map(\.text) })
        for (segment, timed) in zip(segments, timed) {
            #expect(
                timed.words.map(\.text).joined()
                    == tokenizer.decode(segment.tokens, skippingSpecialTokens: false))
        }
    }

    @Test(arguments: names)
    func `8 bits and kept keys of 16 see nearly the same`(name: String) throws {
        let (alignment, _) = try align(name, .int8)
        let expected = try fixture.expected.tensor("attention.\(name)")
        #expect(cosine(alignment.attention.values, expected.values) > 0.9)
    }

    @Test func `nothing is aligned without a text, a sound or a head`() throws {
        let checkpoint = try Checkpoint(folder: fixture.tiny.folder)
        let config = try Whisper.Config(
            Configuration(file: fixture.tiny.folder + "/config.json"))
        let decoder = try Whisper.Decoder(checkpoint.weights, config, .f32)
        let rows = Tensor(
            [Float](repeating: 0.1, count: config.soundPositions * config.width),
            shape: [config.soundPositions, config.width])
        let memory = decoder.memory(hearing: rows)
        func isNothing(
            _ text: [Int], _ heads: [Whisper.Settings.Head], _ columns: Int
        ) -> Bool {
            decoder.align(
                text, after: [401], textIDs: 0..<400, heads: heads, memory: memory,
                columns: columns) == nil
        }
        #expect(isNothing([], heads, 100))
        #expect(isNothing([7], heads, 0))
        #expect(isNothing([7], [], 100))
        // A window in which every position is alike has nothing to tell, and still an answer.
        let flat = try #require(
            decoder.align(
                [7, 8, 9], after: [401], textIDs: 0..<400, heads: heads, memory: memory,
                columns: 100))
        #expect(flat.boundarySeconds.count == 4)
        #expect(flat.attention.values.allSatisfy { $0.isFinite })
    }
}
