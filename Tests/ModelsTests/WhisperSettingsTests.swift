import Foundation
import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

/// What is read from a model's files, and what is made of files that are old, silent or damaged.
@Suite struct WhisperSettingsTests {
    let fixture: WhisperFixture

    init() throws { fixture = try WhisperFixture() }

    private static let names = [
        "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json",
        "model.safetensors",
    ]

    /// The fixture's model with some files changed; nil leaves one out.
    private func model(_ changes: [String: String?]) throws -> (TemporaryFolder, ModelFolder) {
        let copy = try TemporaryFolder()
        for name in Self.names {
            if let change = changes[name] {
                if let change { try copy.write(name, change) }
            } else {
                try copy.write(name, fixture.folder.bytes(of: name, limit: 1 << 20))
            }
        }
        return (copy, ModelFolder(path: copy.path, name: "copy"))
    }

    /// A file of the fixture with some fields set, or taken away by nil.
    private func edited(_ name: String, _ fields: [String: Any?]) throws -> String {
        let bytes = try fixture.folder.bytes(of: name, limit: 1 << 20)
        var object = try #require(
            try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        for (field, value) in fields { object[field] = value }
        return String(
            decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    private func settings(_ changes: [String: String?]) throws -> Whisper.Settings {
        let (copy, folder) = try model(changes)
        defer { extendLifetime(copy) }
        return try Whisper.Parts(folder, .f32).settings
    }

    @Test func `every setting is what the files say`() throws {
        let settings = try fixture.parts().settings
        #expect(settings.endToken == 400)
        #expect(settings.startToken == 401)
        #expect(settings.languages.count == 99)
        #expect(settings.languages.first == .init(code: "en", token: 402))
        #expect(settings.translateToken == 501)
        #expect(settings.transcribeToken == 502)
        #expect(settings.previousToken == 504)
        #expect(settings.noSpeechToken == 505)
        #expect(settings.noTimestampsToken == 506)
        #expect(settings.timestamps == 507..<2_008)
        #expect(settings.latestFirstTimestamp == 50)
        #expect(settings.suppressedTokens == fixture.facts.suppressed)
        #expect(settings.firstSuppressedTokens == [220, 400])
        #expect(
            settings.alignmentHeads == [
                .init(layer: 0, head: 1), .init(layer: 1, head: 0), .init(layer: 1, head: 3),
            ])
        #expect(settings.maximumLength == 448)
        #expect(settings.canTranslate)
    }

    @Test
    func `without generation_config.json the tokenizer and the prompt of config.json say the same`()
        throws
    {
        let config = try edited(
            "config.json", ["forced_decoder_ids": [[1, 402], [2, 502], [3, 506]]])
        let found = try settings(["generation_config.json": nil, "config.json": config])
        var expected = try fixture.parts().settings
        // Nobody else says these two.
        expected.latestFirstTimestamp = nil
        expected.alignmentHeads = (0..<4).map { .init(layer: 1, head: $0) }
        #expect(found == expected)
    }

    @Test func `a file derived from config.json counts as none`() throws {
        let derived = #"{"_from_model_config": true, "suppress_tokens": [5], "max_length": 20}"#
        let found = try settings(["generation_config.json": derived])
        #expect(found.suppressedTokens == fixture.facts.suppressed)
        #expect(found.maximumLength == 448)
        // 2,008 tokens and no prompt: nothing says that it knows more than English.
        #expect(!found.isMultilingual)
    }

    @Test(arguments: [(#"{"num_beams": 4}"#, 4), ("{}", 1)])
    func `a model's files may ask for a search with beams`(file: String, beams: Int) throws {
        #expect(try settings(["generation_config.json": file]).beams == beams)
    }

    @Test func `a model that never read what was said before is not given it`() throws {
        let generation = try edited(
            "generation_config.json", ["condition_on_prev_tokens": false])
        let found = try settings(["generation_config.json": generation])
        #expect(found.previousToken == nil)
        // Nor does it write the token that would announce it.
        #expect(found.suppressedTokens == fixture.facts.suppressed)
    }

    @Test func `a decoder with fewer layers than the encoder was not trained to translate`() throws
    {
        let config = try edited("config.json", ["decoder_layers": 1])
        let generation = try edited("generation_config.json", ["alignment_heads": [[0, 1]]])
        let (copy, folder) = try model([
            "config.json": config, "generation_config.json": generation,
        ])
        // The tensors of the second layer are left over.
        #expect(throws: WeightsError.self) { try Whisper.Parts(folder, .f32) }
        let file = try Configuration(file: copy.path + "/config.json")
        let found = try Whisper.Settings(
            generation: Configuration(file: copy.path + "/generation_config.json"), file: file,
            Whisper.Config(file), Tokenizer(folder: copy.path), source: copy.path)
        #expect(found.isMultilingual)
        #expect(!found.canTranslate)
    }

    @Test func `a model of English only refuses to translate and to hear German, in words`() throws
    {
        let path = Repository.fixtures + "/whisper-tiny.en"
        let english = try Catalogue.speechRecognizer(
            in: ModelFolder(path: path, name: "whisper-tiny.en"), precision: .f32)
        var options = RecognitionOptions()
        options.task = .translate
        let refusal = #expect(throws: RecognitionError.self) {
            try english.recognize([], options)
        }
        #expect(refusal == .cannotTranslate(model: "whisper-tiny.en"))
        #expect(refusal?.exitStatus == .usage)
        options.task = .transcribe
        #expect(
            throws: RecognitionError.unknownLanguage("de", model: "whisper-tiny.en", known: ["en"])
        ) { try english.recognize([SpeechWindow(samples: [], language: "de")], options) }
    }

    @Test func `an unknown language is refused with those that are known`() throws {
        let recognizer = Whisper.Recognizer(try fixture.parts())
        for window in [
            SpeechWindow(samples: [], language: "xx"),
            SpeechWindow(samples: [], likelyLanguage: "xx"),
        ] {
            let error = #expect(throws: RecognitionError.self) {
                try recognizer.recognize([window], RecognitionOptions())
            }
            #expect(error?.remedy.contains("en, es, et") == true)
            #expect(error?.exitStatus == .usage)
        }
    }

    @Test(arguments: [
        ("generation_config.json", "suppress_tokens", "[1, 2008]", "'suppress_tokens'"),
        ("generation_config.json", "suppress_tokens", "[400]", "ends a text"),
        ("generation_config.json", "suppress_tokens", "7", "'suppress_tokens'"),
        ("generation_config.json", "begin_suppress_tokens", "[-1]", "'begin_suppress_tokens'"),
        ("generation_config.json", "alignment_heads", "[[2, 0]]", "'alignment_heads'"),
        ("generation_config.json", "alignment_heads", "[[0]]", "'alignment_heads'"),
        ("generation_config.json", "lang_to_id", #"{"<|en|>": "x"}"#, "'lang_to_id'"),
        ("generation_config.json", "lang_to_id", "{}", "no token names a language"),
        ("generation_config.json", "task_to_id", #"{"transcribe": 9999}"#, "'task_to_id'"),
        ("generation_config.json", "is_multilingual", "1", "'is_multilingual'"),
        ("generation_config.json", "no_timestamps_token_id", "2007", "out of range"),
        ("generation_config.json", "eos_token_id", "1900", "out of range"),
        ("generation_config.json", "decoder_start_token_id", "-3", "'decoder_start_token_id'"),
        ("generation_config.json", "max_length", "1", "'max_length'"),
        ("generation_config.json", "max_initial_timestamp_index", "0.5", "'max_initial"),
        ("preprocessor_config.json", "n_fft", "512", "'n_fft'"),
        ("preprocessor_config.json", "feature_size", "128", "'feature_size'"),
        ("preprocessor_config.json", "chunk_length", "20", "2000 frames"),
        ("config.json", "vocab_size", "300", "the tokenizer knows 2008 tokens"),
        ("config.json", "max_target_positions", "8", "no room for a prompt"),
        ("config.json", "scale_embedding", "true", "'scale_embedding'"),
        ("config.json", "architectures", #"["OtherModel"]"#, "OtherModel"),
    ])
    func `a damaged setting is named in one sentence`(
        file: String, field: String, value: String, words: String
    ) throws {
        let parsed = try JSONSerialization.jsonObject(
            with: Data(value.utf8), options: .fragmentsAllowed)
        let (copy, folder) = try model([file: try edited(file, [field: parsed])])
        defer { extendLifetime(copy) }
        do {
            _ = try Catalogue.speechRecognizer(in: folder, precision: .f32)
            Issue.record("the damaged \(file) was accepted")
        } catch let error as any Explained {
            #expect(error.what.contains(words), "\(error.what)")
            #expect(error.exitStatus == .unavailable)
        }
    }

    @Test func `weights that lead beyond all numbers give no text`() throws {
        let copy = try TemporaryFolder()
        let source = ModelFolder(path: Repository.fixtures + "/whisper-tiny.en", name: "en")
        for name in [
            "config.json", "generation_config.json", "preprocessor_config.json", "vocab.json",
            "merges.txt", "added_tokens.json", "tokenizer_config.json",
        ] { try copy.write(name, source.bytes(of: name, limit: 1 << 20)) }
        var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 20))
        // 3e38 in BF16.
        file.fill("model.decoder.layer_norm.weight", with: Data([0x62, 0x7F]))
        try copy.write("model.safetensors", [UInt8](file.data))
        let recognizer = try Catalogue.speechRecognizer(
            in: ModelFolder(path: copy.path, name: "copy"), precision: .f32)
        for beams in [1, 5] {
            var options = RecognitionOptions()
            options.beams = beams
            #expect(throws: ModelError.notFinite(folder: copy.path)) {
                try recognizer.recognize([SpeechWindow(samples: [0.1])], options)
            }
        }
    }

    @Test func `settings with bytes changed are read or refused, and never lead out of range`()
        throws
    {
        let whole = try fixture.folder.bytes(of: "generation_config.json", limit: 1 << 20)
        let file = try Configuration(file: fixture.folder.path + "/config.json")
        let config = try Whisper.Config(file)
        let tokenizer = try Tokenizer(folder: fixture.folder.path)
        let copy = try TemporaryFolder()
        var random = SeededNumbers(seed: 4)
        var accepted = 0
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<2 {
                let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
                if let digit = digits.randomElement(using: &random) {
                    bytes[digit] = UInt8.random(in: 0x2C...0x3A, using: &random)
                }
            }
            let path = try copy.write("generation_config.json", bytes)
            do {
                let settings = try Whisper.Settings(
                    generation: Configuration(file: path), file: file, config, tokenizer,
                    source: copy.path)
                var logits = [Float](repeating: 0, count: config.vocabularySize)
                Whisper.SuppressionRule(settings, vocabularySize: logits.count)
                    .apply(to: &logits, after: [])
                Whisper.TimestampRule(settings).apply(to: &logits, after: [])
                #expect(settings.languageGuesses(from: logits).count <= 99)
                accepted += 1
            } catch let error as any Explained {
                #expect(!error.what.isEmpty)
            }
        }
        #expect((1..<400).contains(accepted))
    }

    @Test func `sound that is no number is silence`() throws {
        let mel = LogMel(channels: 80)
        let broken = [Float](repeating: .nan, count: 700) + [.infinity, -.infinity]
        #expect(mel(broken) == mel([]))
    }

    @Test func `every model of the catalogue is named in the README`() throws {
        let readme = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: Repository.folder + "/README.md")),
            as: UTF8.self)
        #expect(Catalogue.entries.filter { $0.task == .transcribing }.count == 18)
        for entry in Catalogue.entries {
            #expect(readme.contains(entry.name))
        }
    }
}
