import Foundation
import Images
import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

/// Whole models, from a folder and a picture's bytes to words.
@Suite struct CatalogueTests {
    func folder(_ name: String) -> ModelFolder {
        ModelFolder(path: Repository.fixtures + "/" + name, name: name)
    }

    func picture(_ folder: ModelFolder) throws -> Image {
        try decodeImage(folder.bytes(of: "picture.png", limit: 1 << 20), limits: DecodingLimits())
    }

    func describer(
        _ folder: ModelFolder, _ precision: Precision = .f32, beams: Int = 1
    ) throws -> any ImageDescriber {
        try Catalogue.imageDescriber(
            in: folder, precision: precision, beams: beams, maximumTokens: nil)
    }

    @Test func `the preprocessed picture equals the reference`() throws {
        let folder = folder("blip-tiny")
        let output = try ImagePreprocessor(folder: folder.path)(picture(folder))
        let pixels = Tensor(output.values, shape: [3, output.height, output.width])
        // Bytes are resized exactly as Pillow does; what is left is the order of two f32 products.
        expectClose(pixels, try Fixture.named("blip-tiny").tensor("pixels"), within: 1e-6)
    }

    @Test func `a picture's caption is the reference's, with and without a prefix and beams`()
        throws
    {
        let folder = folder("blip-tiny")
        let facts = try Fixture.named("blip-tiny").facts(BlipParityTests.Expected.self)
        let image = try picture(folder)
        let greedy = try describer(folder)
        #expect(greedy.imageSide == 32)
        #expect(try greedy.describe(image, prefix: nil).text == facts.greedy.text)
        #expect(try greedy.describe(image, prefix: facts.prefix).text == facts.prefixed.text)
        let wide = try describer(folder, beams: 3)
        #expect(try wide.describe(image, prefix: nil).text == facts.beam3.text)
        #expect(try wide.describe(image, prefix: facts.prefix).text == facts.beam3_prefixed.text)
    }

    @Test func `a caption says how sure the model was`() throws {
        let folder = folder("blip-tiny")
        let description = try describer(folder).describe(picture(folder), prefix: nil)
        #expect(description.tokenCount == 10)
        #expect(description.meanLogProbability < 0)
        #expect(description.meanLogProbability > -5.2)  // surer than a guess among 104 tokens
    }

    @Test func `8 bits write the same caption on every run`() throws {
        let folder = folder("blip-tiny")
        let first = try describer(folder, .int8).describe(picture(folder), prefix: nil)
        let second = try describer(folder, .int8).describe(picture(folder), prefix: nil)
        #expect(first == second)
    }

    @Test(arguments: [
        (#"{"curbcut": {"abstain_below": 1}}"#, true),
        (#"{"curbcut": {"abstain_below": 1e-30}}"#, false),
        (#"{"curbcut": {"knows": "doors"}}"#, false),
    ])
    func `a caption less likely than the model's own border is withheld`(
        file: String, isWithheld: Bool
    ) throws {
        let source = folder("blip-tiny")
        let copy = try copy(of: source, changing: ["generation_config.json": Array(file.utf8)])
        let describer = try describer(ModelFolder(path: copy.path, name: "copy"))
        let said = try describer.describe(picture(source), prefix: nil)
        #expect(said.text.isEmpty == isWithheld)
        #expect(said.meanLogProbability < 0 && said.tokenCount > 1)
        #expect(describer.scope == (file.contains("knows") ? "doors" : nil))
    }

    @Test(arguments: [(#"{"curbcut": {"tells_silence": true}}"#, true), ("{}", false)])
    func `a recogniser says whether it was taught to tell silence`(
        file: String, tellsSilence: Bool
    ) throws {
        let copy = try copy(
            of: folder("whisper-tiny"), changing: ["generation_config.json": Array(file.utf8)])
        let scope = try ModelScope(ModelFolder(path: copy.path, name: "copy"))
        #expect(scope.tellsSilence == tellsSilence)
    }

    @Test func `an answer is the reference's`() throws {
        let folder = folder("blip-vqa-tiny")
        let facts = try Fixture.named("blip-vqa-tiny").facts(BlipAnsweringParityTests.Expected.self)
        let answerer = try Catalogue.questionAnswerer(
            in: folder, precision: .f32, beams: 1, maximumTokens: nil)
        let answer = try answerer.answer(facts.question, about: picture(folder))
        #expect(answer.text == facts.greedy.text)
    }

    @Test func `a model of another task is refused by its architecture`() {
        let folder = folder("blip-vqa-tiny")
        #expect(
            throws: ModelError.architecture(
                found: "BlipForQuestionAnswering", folder: folder.path,
                wanted: ["BlipForConditionalGeneration"])
        ) { try describer(folder) }
    }

    @Test func `a question that fills the model's positions is refused`() throws {
        let folder = folder("blip-vqa-tiny")
        let answerer = try Catalogue.questionAnswerer(
            in: folder, precision: .f32, beams: 1, maximumTokens: nil)
        let question = String(repeating: "door ", count: 60)
        #expect(throws: ModelError.tooLong("question", tokens: 62, limit: 39)) {
            try answerer.answer(question, about: picture(folder))
        }
    }

    @Test(arguments: [
        ("config.json", "{", "no proper JSON"),
        ("config.json", "{}", "lacks 'model_type'"),
        ("config.json", #"{"architectures": ["GPT2LMHeadModel"]}"#, "GPT2LMHeadModel"),
        (
            "config.json",
            #"{"architectures": ["BlipForConditionalGeneration"], "vision_config": 3}"#,
            "'vision_config'"
        ),
        (
            "config.json",
            #"{"architectures": ["BlipForConditionalGeneration"], "text_config": {"vocab_size": -1}}"#,
            "'text_config.vocab_size'"
        ),
        ("generation_config.json", #"{"curbcut": {"abstain_below": 2}}"#, "abstain_below"),
        ("generation_config.json", #"{"curbcut": {"knows": 3}}"#, "'curbcut.knows'"),
        (
            "config.json", #"{"architectures": ["BlipForConditionalGeneration"]}"#,
            "'vision_model.embeddings.patch_embedding.weight' as [48, 3, 8, 8] where config.json "
                + "asks for [768, 3, 16, 16]"
        ),
        ("model.safetensors", "", "model.safetensors"),
        ("model.safetensors", "version https://git-lfs.github.com/spec/v1\n", "LFS"),
        ("preprocessor_config.json", "[]", "preprocessor_config.json"),
        ("tokenizer.json", "{}", "tokenizer.json"),
        ("generation_config.json", #"{"max_length": "x"}"#, "'max_length'"),
    ])
    func `a damaged file is named in one sentence`(
        file: String, content: String, words: String
    ) throws {
        let copy = try copy(of: folder("blip-tiny"), changing: [file: Array(content.utf8)])
        do {
            _ = try describer(ModelFolder(path: copy.path, name: "copy"))
            Issue.record("the damaged \(file) was accepted")
        } catch let error as any Explained {
            #expect(error.what.contains(words), "\(error.what)")
            #expect(!error.remedy.isEmpty)
            #expect(error.exitStatus == .unavailable)
        }
    }

    @Test func `a model of synthetic speech is taken by its name and not unasked`() throws {
        let store = try TemporaryFolder()
        try store.write("starter-speech/config.json", "{}")
        let environment = ["CURBCUT_MODELS": store.path, "HOME": store.path]
        func folder(_ name: String?) throws -> ModelFolder? {
            try Catalogue.folder(named: name, for: .transcribing, environment: environment)
        }
        #expect(try folder("starter-speech")?.path == store.path + "/starter-speech")
        #expect(try folder(nil) == nil)
        try store.write("whisper-tiny/config.json", "{}")
        #expect(try folder(nil)?.name == "whisper-tiny")
    }
}
