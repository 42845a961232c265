import Foundation
import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

/// Whisper from whisper.cpp's files, compared with the same model from Hugging Face's.
///
/// Fixture: `Tests/Fixtures/whisper-tiny-ggml/f16.bin`, made by `make_whisper_ggml.py` from the
/// checkpoint in `Tests/Fixtures/whisper-tiny/`.
@Suite struct WhisperGgmlTests {
    let fixture: WhisperFixture

    init() throws { fixture = try WhisperFixture() }

    /// A few rows of the encoder and the logits of a forced text.
    func heard(_ parts: Whisper.Parts) throws -> (rows: Tensor, logits: Tensor) {
        let rows = parts.encoder(parts.logMel(try fixture.samples()))
        var memory = parts.decoder.memory(hearing: rows)
        return (
            rows, parts.decoder.logitsAfterEach(of: fixture.facts.forced, memory: &memory)
        )
    }

    func parts(_ type: ElementType, _ precision: Precision) throws -> Whisper.Parts {
        let folder = try TemporaryFolder()
        let path = try folder.write("model.bin", GgmlSample.quantized(type))
        return try Whisper.Parts(GgmlFile(path: path), precision)
    }

    @Test(arguments: Precision.allCases)
    func `half precision computes exactly what the folder does`(precision: Precision) throws {
        let ours = try heard(Whisper.Parts(GgmlFile(path: GgmlSample.path), precision))
        let expected = try heard(fixture.parts(precision))
        #expect(ours.rows == expected.rows)
        #expect(ours.logits == expected.logits)
    }

    @Test(arguments: [
        (ElementType.q8x0, 0.9999), (.q5x1, 0.985), (.q5x0, 0.985), (.q4x1, 0.95), (.q4x0, 0.95),
    ])
    func `blocks compute nearly what the folder does, at both precisions`(
        type: ElementType, least: Double
    ) throws {
        // Random weights of width 32 lose more than trained ones: half of what we measured as loss
        // is added to it.
        let expected = try heard(fixture.parts(.f32))
        let exact = try heard(parts(type, .f32))
        #expect(cosine(exact.rows.values, expected.rows.values) > least)
        #expect(cosine(exact.logits.values, expected.logits.values) > least)
        let packed = try heard(parts(type, .int8))
        #expect(cosine(packed.logits.values, exact.logits.values) > 0.99)
    }

    @Test func `its tokenizer cuts and joins texts as the folder's does`() throws {
        let ours = try Whisper.Parts(GgmlFile(path: GgmlSample.path), .f32).tokenizer
        let theirs = try Tokenizer(folder: fixture.folder.path)
        for text in [
            "The ramp at the corner was made for wheelchairs, and everyone uses it.",
            " I can't hear what they're saying; isn't it?  (1984) ", "Grüße aus Köln, ça va?",
            "東京の駅で犬が待っている。", "\"quoted\" -- ♪♪ a\u{301} \u{1F408}\n\tx", "", " ",
        ] {
            let ids = ours.encode(text, addingSpecialTokens: false)
            #expect(ids == theirs.encode(text, addingSpecialTokens: false))
            #expect(ours.decode(ids) == text)
        }
        for token in ["<|endoftext|>", "<|startoftranscript|>", "<|ja|>", "<|notimestamps|>"] {
            #expect(ours.id(of: token) == theirs.id(of: token))
        }
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `a published vocabulary has the published ids and rules`() throws {
        let path = SharedTestData.folder + "/weights/whisper-ggml-empty/for-tests-ggml-tiny.bin"
        let file = try GgmlFile(path: path)
        let config = try Whisper.Config(file)
        let tokenizer = try Tokenizer(whisper: file)
        let settings = try Whisper.Settings(file, config, tokenizer)
        #expect(settings.endToken == 50_257 && settings.startToken == 50_258)
        #expect(settings.languages.count == 99)
        #expect(settings.languages.first == .init(code: "en", token: 50_259))
        #expect(settings.translateToken == 50_358 && settings.transcribeToken == 50_359)
        #expect(settings.previousToken == 50_361 && settings.noSpeechToken == 50_362)
        #expect(settings.noTimestampsToken == 50_363)
        #expect(settings.timestamps == 50_364..<51_865)
        #expect(settings.latestFirstTimestamp == 50)
        #expect(settings.firstSuppressedTokens == [220, 50_257])
        // This file's vocabulary has lost the tokens that are parts of characters, and with them
        // some marks; the notes after a space leave the space, which is 220.
        #expect(settings.suppressedTokens.count > 70)
        #expect(Set(settings.suppressedTokens).isSubset(of: published.union([220])))
        #expect(
            settings.alignmentHeads.map { [$0.layer, $0.head] }
                == [[2, 2], [3, 0], [3, 2], [3, 3], [3, 4], [3, 5]])
        #expect(tokenizer.encode(" Hello, the old clock.") == [2425, 11, 264, 1331, 7830, 13])
        #expect(throws: ModelError.self) { try Whisper.Parts(file, .f32) }
    }

    // generation_config.json of openai/whisper-tiny, "suppress_tokens"
    let published = Set([
        1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93, 359,
        503, 522, 542, 873, 893, 902, 918, 922, 931, 1350, 1853, 1982, 2460, 2627, 3246, 3253, 3268,
        3536, 3846, 3961, 4183, 4667, 6585, 6647, 7273, 9061, 9383, 10428, 10929, 11938, 12033,
        12331, 12562, 13793, 14157, 14635, 15265, 15618, 16553, 16604, 18362, 18956, 20075, 21675,
        22520, 26130, 26161, 26435, 28279, 29464, 31650, 32302, 32470, 36865, 42863, 47425, 49870,
        50254, 50258, 50358, 50359, 50360, 50361, 50362,
    ])

    @Test func `a file without a weight, or with one too many, is refused`() throws {
        let folder = try TemporaryFolder()
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: GgmlSample.path)))
        let tensors = try GgmlFile(path: GgmlSample.path).tensors
        let last = try #require(tensors.last)
        let cut = last.offset - last.name.utf8.count - 4 * last.shape.count - 12
        let short = try folder.write("short.bin", Array(whole[..<cut]))
        do {
            _ = try Whisper.Parts(GgmlFile(path: short), .f32)
            Issue.record("a file without '\(last.name)' was accepted")
        } catch let error as WeightsError {
            guard case .missing(_, short) = error else {
                Issue.record("\(error)")
                return
            }
        }
        var more = whole
        GgmlSample.append("decoder.blocks.0.extra.weight", [1], type: 0, [0, 0, 0, 0], to: &more)
        let path = try folder.write("more.bin", more)
        #expect(
            throws: WeightsError.extra(tensors: ["decoder.blocks.0.extra.weight"], file: path)
        ) { try Whisper.Parts(GgmlFile(path: path), .f32) }
    }

    @Test func `weights that are no numbers are refused`() throws {
        let folder = try TemporaryFolder()
        var bytes = try GgmlSample.quantized(.q8x0)
        let path = try folder.write("model.bin", bytes)
        let tensor = try #require(
            try GgmlFile(path: path).tensors.first { $0.type == .q8x0 })
        bytes.replaceSubrange(tensor.offset..<(tensor.offset + 2), with: [0x00, 0x7C])  // infinity
        try folder.write("model.bin", bytes)
        for precision in Precision.allCases {
            #expect(throws: WeightsError.self) {
                try Whisper.Parts(GgmlFile(path: path), precision)
            }
        }
    }

    @Test func `other mel filters are refused`() throws {
        let folder = try TemporaryFolder()
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: GgmlSample.path)))
        bytes.replaceSubrange(60..<64, with: GgmlSample.little(Float(0.5).bitPattern))
        let path = try folder.write("model.bin", bytes)
        #expect(throws: ModelError.self) { try Whisper.Parts(GgmlFile(path: path), .f32) }
    }

    @Test func `a file is named by its path and writes words as the folder does`() throws {
        func recognized(_ recognizer: any SpeechRecognizer) throws -> [Recognition] {
            var options = RecognitionOptions()
            options.wantsWords = true
            options.temperatures = [0]
            return try recognizer.recognize(
                [SpeechWindow(samples: fixture.samples())], options)
        }
        let named = try Catalogue.speechRecognizer(
            named: GgmlSample.path, environment: [:], precision: .f32)
        #expect(named.name == GgmlSample.path)
        #expect(named.languages == ["en"])
        #expect(!named.canTranslate)
        // The tiny vocabulary is under the size that a model of many languages is told by, so
        // the folder's model is given the same settings.
        let folder = try fixture.parts()
        let file = try Whisper.Parts(GgmlFile(path: GgmlSample.path), .f32)
        let twin = Whisper.Recognizer(
            Whisper.Parts(
                name: folder.name, path: folder.path, config: folder.config,
                settings: file.settings, tokenizer: folder.tokenizer, logMel: folder.logMel,
                encoder: folder.encoder, decoder: folder.decoder))
        let (ours, theirs) = (try recognized(named), try recognized(twin))
        #expect(ours[0].segments == theirs[0].segments)
        #expect(ours[0].context == theirs[0].context)
    }

    @Test func `what is no model file is refused in one sentence`() throws {
        let folder = try TemporaryFolder()
        for (bytes, words) in [
            (Array("GGUF....".utf8), "GGUF"), ([], "cut short"),
            (Array("{\"a\": 1}".utf8), "no ggml file"),
        ] {
            let path = try folder.write("model.bin", bytes)
            do {
                _ = try Catalogue.speechRecognizer(
                    named: path, environment: [:], precision: .f32)
                Issue.record("\(words) was accepted")
            } catch let error as any Explained {
                #expect(error.what.hasPrefix(path) && error.what.contains(words))
                #expect(error.exitStatus == .unavailable && !error.remedy.isEmpty)
            }
        }
        #expect(throws: ModelStoreError.self) {
            try Catalogue.speechRecognizer(
                named: folder.path + "/none.bin", environment: [:], precision: .f32)
        }
    }
}
