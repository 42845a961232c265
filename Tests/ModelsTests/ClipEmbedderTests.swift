import Foundation
import Images
import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

/// CLIP whole, from a folder and a picture's bytes to a direction.
@Suite struct ClipEmbedderTests {
    let source = ModelFolder(path: Repository.fixtures + "/clip-tiny", name: "clip-tiny")

    func embedder(
        _ folder: ModelFolder, _ precision: Precision = .f32
    ) throws -> any ImageEmbedder {
        try Catalogue.imageEmbedder(in: folder, precision: precision)
    }

    func picture() throws -> Image {
        try decodeImage(source.bytes(of: "picture.png", limit: 1 << 20))
    }

    @Test(arguments: ClipParityTests.fixtures)
    func `a picture of any size is prepared and placed as in the reference`(name: String) throws {
        let embedder = try embedder(
            ModelFolder(path: Repository.fixtures + "/" + name, name: name))
        #expect(embedder.name == name)
        #expect(embedder.imageSide == 32)
        expectClose(
            try embedder.embed(picture()).values,
            try Fixture.named(name).tensor("image").values, within: 2e-6)
    }

    @Test(arguments: [Precision.int8, .f32])
    func `a picture is the same as itself, and another is not`(precision: Precision) throws {
        let embedder = try embedder(source, precision)
        let (one, again) = try (embedder.embed(picture()), embedder.embed(picture()))
        #expect(one == again)
        #expect(abs(one.similarity(to: again) - 1) < 1e-6)
        let grey = Image(width: 40, height: 40, pixels: [UInt8](repeating: 128, count: 4_800))
        #expect(one.similarity(to: try embedder.embed(grey)) < embedder.sameness)
    }

    @Test func `what has no direction is told from what has`() {
        #expect(Direction(along: [0, 0]) == nil)
        #expect(Direction(along: [.nan, 1]) == nil)
        #expect(Direction(along: [.infinity, 1]) == nil)
        #expect(Direction(along: [-3e38, 0])?.values == [-1, 0])
        #expect(Direction(along: [3, 4])?.values == [0.6, 0.8])
    }

    @Test func `an older file's second sections and buffers are read as in the reference`() throws {
        var config = try String(
            decoding: source.bytes(of: "config.json", limit: 1 << 16), as: UTF8.self)
        config = config.replacing(
            #""vision_config": {"#,
            with: #""vision_config": {"image_size": 64}, "text_config_dict": null, "#
                + #""vision_config_dict": {"#)
        var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 22))
        for side in ["vision_model", "text_model"] {
            file.add("\(side).embeddings.position_ids", "I64", [1, 1], .init(count: 8))
        }
        let copy = try copy(
            of: source,
            changing: ["config.json": Array(config.utf8), "model.safetensors": Array(file.data)])
        let folder = ModelFolder(path: copy.path, name: "copy")
        #expect(try embedder(folder).embed(picture()) == embedder(source).embed(picture()))
    }

    @Test func `a checkpoint without the text side is enough`() throws {
        var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 22))
        file.keep { $0 != "logit_scale" && !$0.hasPrefix("text_") }
        let copy = try copy(of: source, changing: ["model.safetensors": Array(file.data)])
        try FileManager.default.removeItem(atPath: copy.path + "/tokenizer.json")
        let folder = ModelFolder(path: copy.path, name: "copy")
        #expect(try embedder(folder).embed(picture()) == embedder(source).embed(picture()))
    }

    @Test func `missing and surplus tensors are named`() throws {
        let name = "vision_model.encoder.layers.1.self_attn.k_proj.bias"
        var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 22))
        file.rename(name, to: "vision_model.other")
        let copy = try copy(of: source, changing: ["model.safetensors": Array(file.data)])
        let path = copy.path + "/model.safetensors"
        let folder = ModelFolder(path: copy.path, name: "copy")
        #expect(throws: WeightsError.missing(tensor: name, file: path)) { try embedder(folder) }
        file.copy("vision_model.other", to: name)
        try copy.write("model.safetensors", Array(file.data))
        #expect(throws: WeightsError.extra(tensors: ["vision_model.other"], file: path)) {
            try embedder(folder)
        }
    }

    @Test(arguments: [
        "vision_model.pre_layrnorm.weight", "visual_projection.weight",
        "vision_model.embeddings.class_embedding",
    ])
    func `weights that are not numbers place no picture`(name: String) throws {
        var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 22))
        file.fill(name, with: .nan)
        let copy = try copy(of: source, changing: ["model.safetensors": Array(file.data)])
        #expect(
            throws: WeightsError.notFinite(tensor: name, file: copy.path + "/model.safetensors")
        ) { try embedder(ModelFolder(path: copy.path, name: "copy")) }
    }

    @Test func `weights that lead nowhere place no picture`() throws {
        for value in [Float(0), 3e38] {
            var file = try StoredFile(source.bytes(of: "model.safetensors", limit: 1 << 22))
            for part in ["weight", "bias"] {
                file.fill("vision_model.post_layernorm.\(part)", with: value)
            }
            let copy = try copy(of: source, changing: ["model.safetensors": Array(file.data)])
            let embedder = try embedder(ModelFolder(path: copy.path, name: "copy"))
            #expect(throws: ModelError.notFinite(folder: copy.path)) {
                try embedder.embed(picture())
            }
        }
    }

    @Test(arguments: [
        ("config.json", "{", "no proper JSON"),
        (
            "config.json", #"{"architectures": ["CLIPModel"], "vision_config": 3}"#,
            "'vision_config'"
        ),
        (
            "config.json", #"{"architectures": ["CLIPModel"], "projection_dim": 0}"#,
            "'projection_dim'"
        ),
        (
            "config.json",
            #"{"model_type": "clip", "vision_config": {"image_size": 32, "patch_size": 7}}"#,
            "'vision_config.patch_size'"
        ),
        (
            "config.json",
            #"{"model_type": "clip", "vision_config": {"image_size": 32, "hidden_act": "relu"}}"#,
            "'vision_config.hidden_act'"
        ),
        (
            "config.json", #"{"model_type": "clip"}"#,
            "preprocessor_config.json makes no squares of 224 pixels"
        ),
        (
            "config.json", #"{"model_type": "clip", "vision_config": {"image_size": 32}}"#,
            "'vision_model.embeddings.patch_embedding.weight' as [48, 3, 8, 8] where config.json "
                + "asks for [768, 3, 32, 32]"
        ),
        ("model.safetensors", "", "model.safetensors"),
        ("preprocessor_config.json", "[]", "preprocessor_config.json"),
    ])
    func `a damaged file is named in one sentence`(
        file: String, content: String, words: String
    ) throws {
        let copy = try copy(of: source, changing: [file: Array(content.utf8)])
        do {
            _ = try embedder(ModelFolder(path: copy.path, name: "copy"))
            Issue.record("the damaged \(file) was accepted")
        } catch let error as any Explained {
            #expect(error.what.contains(words), "\(error.what)")
            #expect(!error.remedy.isEmpty)
            #expect(error.exitStatus == .unavailable)
        }
    }

    @Test func `a model of another task is refused by its architecture`() {
        let folder = ModelFolder(path: Repository.fixtures + "/blip-tiny", name: "blip-tiny")
        #expect(
            throws: ModelError.architecture(
                found: "BlipForConditionalGeneration", folder: folder.path, wanted: ["CLIPModel"])
        ) { try embedder(folder) }
    }

    @Test func `an installed CLIP is found for comparing, and for nothing else`() throws {
        let store = try TemporaryFolder()
        try store.write("clip-vit-base-patch16/config.json", #"{"architectures": ["CLIPModel"]}"#)
        let environment = [
            "CURBCUT_MODELS": store.path, "HOME": store.path, "CURBCUT_STARTER_MODELS": "",
        ]
        func found(_ task: CatalogueEntry.Task) throws -> ModelFolder? {
            try Catalogue.folder(named: nil, for: task, environment: environment)
        }
        let folder = try #require(try found(.comparing))
        #expect(folder.name == "clip-vit-base-patch16")
        #expect(try Catalogue.task(of: folder) == .comparing)
        #expect(try found(.describing) == nil)
        #expect(NoModelError(task: .comparing).remedy.contains("clip-vit-base-patch32"))
    }
}
