import Foundation
import Inference
import Signals
import TestKit
import Testing

private let present = ConditionTrait.enabled(
    if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence))

/// Fixtures: `Tests/Fixtures/text-and-pixels/`, made by `make_text_and_pixels.py` with the
/// reference, huggingface/tokenizers.
@Suite struct TokenizerTests {
    static let fixtures = [
        "wordpiece", "wordpiece-cased", "bytelevel", "bytelevel-prefix", "digits", "llama-split",
        "clip-split",
    ]

    @Test(arguments: fixtures, [false, true])
    func `awkward texts become the reference's ids and text, as read and as kept`(
        name: String, isKept: Bool
    ) throws {
        let (tokenizer, rows) = try fixture(name, isKept: isKept)
        for row in rows {
            #expect(tokenizer.encode(row.text) == row.ids, "\(row.text)")
            #expect(
                tokenizer.encode(row.text, addingSpecialTokens: false) == row.plain, "\(row.text)")
            #expect(tokenizer.decode(row.ids) == row.decoded, "\(row.text)")
            #expect(
                tokenizer.decode(row.ids, skippingSpecialTokens: false) == row.decodedWhole,
                "\(row.text)")
        }
    }

    @Test(arguments: fixtures)
    func `text given out id by id is the text of all ids`(name: String) throws {
        let (tokenizer, rows) = try fixture(name)
        for row in rows {
            for skips in [true, false] {
                var decoder = StreamingDecoder(tokenizer, skippingSpecialTokens: skips)
                let parts = row.ids.map { decoder.append($0) } + [decoder.finish()]
                #expect(parts.joined() == (skips ? row.decoded : row.decodedWhole))
            }
        }
    }

    @Test(present) func `Whisper's tokenizer gives the reference ids`() throws {
        let tokenizer = try shared("whisper-large-v3")
        for row in try reference("whisper-large-v3/tokenizer.json") {
            #expect(tokenizer.encode(row.text) == row.ids, "\(row.text)")
        }
        for row in try reference("whisper/multilingual.tiktoken") {
            #expect(tokenizer.encode(row.text, addingSpecialTokens: false) == row.ids)
        }
        #expect(tokenizer.id(of: "<|notimestamps|>") == 50364)
        #expect(tokenizer.token(of: 50258) == "<|startoftranscript|>")
        #expect(tokenizer.vocabularySize == 51866)
    }

    @Test(present) func `a plain vocabulary of words gives the reference ids and text`() throws {
        let tokenizer = try shared("bert")
        for row in try reference("bert/vocab.txt") {
            #expect(tokenizer.encode(row.text) == row.ids, "\(row.text)")
        }
        for row in try recorded("bert-base-uncased") {
            #expect(tokenizer.encode(row.input) == row.encoded.input_ids, "\(row.input)")
            #expect(tokenizer.decode(row.encoded.input_ids) == row.decoded_without_special)
            #expect(
                tokenizer.decode(row.encoded.input_ids, skippingSpecialTokens: false)
                    == row.decoded_with_special)
        }
        let long: Paragraph = try json("bert_uncased_encoded")
        #expect(tokenizer.encode(long.text) == long.token_ids)
    }

    @Test(present) func `a cased vocabulary needs the flag of its configuration`() throws {
        let folder = try TemporaryFolder()
        try folder.write("vocab.txt", SharedTestData.bytes("tokenizers/bert-cased/vocab.txt"))
        try folder.write("tokenizer_config.json", #"{"do_lower_case": false}"#)
        let tokenizer = try Tokenizer(folder: folder.path)
        let ids = tokenizer.encode("Hello, World WORLD", addingSpecialTokens: false)
        #expect(ids.first == tokenizer.id(of: "Hello"))
        #expect(tokenizer.decode(ids) == "Hello, World WORLD")
    }

    @Test(present) func `a vocabulary with merges gives the reference ids and text`() throws {
        let tokenizer = try shared("gpt2")
        for row in try reference("whisper/gpt2.tiktoken") {
            #expect(tokenizer.encode(row.text) == row.ids, "\(row.text)")
        }
        let long: Paragraph = try json("gpt2_encoded_tokens")
        #expect(tokenizer.encode(long.text) == long.token_ids)
        #expect(tokenizer.decode(long.token_ids) == long.text)
        for row in try recorded("distilgpt2") {
            #expect(tokenizer.encode(row.input) == row.encoded.input_ids, "\(row.input)")
        }
    }

    @Test(present) func `every question is split into the reference's words`() throws {
        let tokenizer = try shared("bert")
        let questions: [[String]] = try json("bert_basic_tokenized_questions")
        for words in questions.prefix(2000) {
            // Words joined by spaces are split as they were.
            let ids = words.flatMap { tokenizer.encode($0, addingSpecialTokens: false) }
            let whole = tokenizer.encode(words.joined(separator: " "), addingSpecialTokens: false)
            #expect(whole == ids)
        }
    }

    @Test func `ids that nobody knows are left out`() throws {
        let (tokenizer, _) = try fixture("wordpiece")
        #expect(tokenizer.decode([-1, 1 << 40]) == "")
        #expect(tokenizer.token(of: 1 << 40) == nil)
        #expect(tokenizer.id(of: "no such token") == nil)
        #expect(tokenizer.id(of: "[SEP]") == 3)
    }

    private func fixture(_ name: String, isKept: Bool = false) throws -> (Tokenizer, [Row]) {
        let source = Repository.fixtures + "/text-and-pixels/" + name
        // The fixtures' texts are of `tokenizers`, which cleans each token and not the whole.
        let folder = try TemporaryFolder()
        try folder.write("tokenizer.json", MappedFile.bytes(of: source + "/tokenizer.json"))
        try folder.write(
            "tokenizer_config.json", #"{"clean_up_tokenization_spaces": false}"#)
        let rows = try JSONDecoder().decode(
            [Row].self, from: Data(try MappedFile.bytes(of: source + "/encodings.json")))
        return (try isKept ? kept(folder) : Tokenizer(folder: folder.path), rows)
    }

    /// What the second start makes of the tables that the first one kept.
    private func kept(_ folder: TemporaryFolder) throws -> Tokenizer {
        try folder.write(
            "model.safetensors", header: #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            data: [0, 0, 0, 0])
        func tokenizer() throws -> Tokenizer {
            let places = PreparedPlaces([folder.path + "/model"], .int8, leastBytes: 0)
            let checkpoint = try Checkpoint(folder: folder.path, keptAt: places)
            let tokenizer = try Tokenizer(folder: folder.path, checkpoint.prepared)
            try checkpoint.finish(ignoring: ["w"])
            return tokenizer
        }
        _ = try tokenizer()
        return try tokenizer()
    }

    private func shared(_ name: String) throws -> Tokenizer {
        try Tokenizer(folder: SharedTestData.folder + "/tokenizers/" + name)
    }

    private func reference(_ name: String) throws -> [Reference] {
        let all: [String: [Reference]] = try json("reference-encodings")
        return try #require(all[name])
    }

    private func recorded(_ name: String) throws -> [Recorded] {
        let all: [String: [Recorded]] = try json("tokenizer_tests")
        return try #require(all[name])
    }

    private func json<Value: Decodable>(_ name: String) throws -> Value {
        let bytes = try SharedTestData.bytes("tokenizers/expected/\(name).json")
        return try JSONDecoder().decode(Value.self, from: Data(bytes))
    }

    struct Row: Decodable {
        let text: String
        let ids: [Int]
        let plain: [Int]
        let decoded: String
        let decodedWhole: String
    }

    struct Reference: Decodable {
        let text: String
        let ids: [Int]
    }

    struct Paragraph: Decodable {
        let text: String
        let token_ids: [Int]
    }

    struct Recorded: Decodable {
        struct Encoded: Decodable { let input_ids: [Int] }
        let input: String
        let encoded: Encoded
        let decoded_with_special: String
        let decoded_without_special: String
    }
}
