import Inference
import ModelStore
import Signals

extension Blip {
    /// Pictures to captions: `BlipForConditionalGeneration`, base or large.
    ///
    /// Source: `modeling_blip.py`, `BlipForConditionalGeneration.generate`, and `processing_blip.py`.
    package struct Captioner: ImageDescriber {
        package let name: String
        private let preprocess: ImagePreprocessor
        private let tokenizer: Tokenizer
        private let see: VisionEncoder
        private let write: TextDecoder
        private let config: Config
        private let search: Search
        private let folder: String

        /// Loads every file of the model.
        ///
        /// - Parameters:
        ///   - folder: holds `config.json`, `model.safetensors`, the tokenizer's files and
        ///     `preprocessor_config.json`
        ///   - precision: what products are computed in
        ///   - search: how captions are looked for
        /// - Throws: `ConfigurationError`, `WeightsError`, `TokenizerError`, `PreprocessorError` or
        ///   `ModelError`.
        package init(_ folder: ModelFolder, _ precision: Precision, _ search: Search) throws {
            let checkpoint = try Checkpoint(folder: folder.path)
            config = try Config(Configuration(file: folder.path + "/config.json"))
            preprocess = try ImagePreprocessor(folder: folder.path)
            tokenizer = try Tokenizer(folder: folder.path)
            see = try VisionEncoder(
                checkpoint.weights.at("vision_model"), config.vision, precision)
            write = try TextDecoder(
                checkpoint.weights.at("text_decoder"), sourceWidth: config.vision.width,
                config.text, precision)
            try checkpoint.finish(ignoring: Blip.buffers)
            try Blip.check(preprocess, tokenizer, config, folder)
            name = folder.name
            self.folder = folder.path
            self.search = search
        }

        package var imageSide: Int { config.vision.imageSide }

        package func describe(_ image: Image, prefix: String?) throws -> Description {
            let prompt = try prompt(prefix)
            let decoder = write.looking(at: see(Blip.pixels(of: image, preprocess, config.vision)))
            let options = search.options(prompt, config.text)
            let written = generate(with: decoder, after: prompt, options)
            return try Blip.description(
                written, text: tokenizer.decode(prompt + written.tokens), folder)
        }

        /// The start token, then the prefix's words: `[CLS]` is replaced and `[SEP]` left out.
        private func prompt(_ prefix: String?) throws(ModelError) -> [Int] {
            let words = prefix.map { tokenizer.encode($0, addingSpecialTokens: false) } ?? []
            return try Blip.fitting([config.text.startToken] + words, "prefix", config.text)
        }
    }

    /// Buffers that older files hold beside the weights.
    static let buffers = ["position_ids"]

    /// - Returns: `[3, imageSide, imageSide]`
    static func pixels(
        of image: Image, _ preprocess: ImagePreprocessor, _ config: Config.Vision
    ) -> Tensor {
        let output = preprocess(image)
        return Tensor(output.values, shape: [3, output.height, output.width])
    }

    /// The tokens, where they leave room for at least one more.
    static func fitting(
        _ tokens: [Int], _ kind: String, _ config: Config.Text
    ) throws(ModelError) -> [Int] {
        guard tokens.count < config.positionCount else {
            throw .tooLong(kind, tokens: tokens.count, limit: config.positionCount - 1)
        }
        return tokens
    }

    /// What was written, unless the numbers behind it are none.
    static func description(
        _ written: GeneratedText, text: String, _ folder: String
    ) throws(ModelError) -> Description {
        guard written.logProbability.isFinite else { throw .notFinite(folder: folder) }
        return Description(
            text: text, meanLogProbability: written.meanLogProbability,
            tokenCount: written.tokens.count)
    }

    /// Checks that the files of a folder belong together.
    static func check(
        _ preprocess: ImagePreprocessor, _ tokenizer: Tokenizer, _ config: Config,
        _ folder: ModelFolder
    ) throws(ModelError) {
        let side = config.vision.imageSide
        guard preprocess.outputSide == side else {
            throw .mismatch(
                folder: folder.path,
                "preprocessor_config.json makes no squares of \(side) pixels, the image_size of "
                    + "config.json")
        }
        guard tokenizer.vocabularySize <= config.text.vocabularySize else {
            throw .mismatch(
                folder: folder.path,
                "the tokenizer knows \(tokenizer.vocabularySize) tokens and config.json only "
                    + "\(config.text.vocabularySize)")
        }
    }
}

extension ImagePreprocessor {
    /// The side of the squares that it makes; nil where it makes others, or pictures of any size.
    var outputSide: Int? {
        if let crop { return crop.width == crop.height ? crop.width : nil }
        guard case .exact(let width, let height) = size, width == height else { return nil }
        return width
    }
}
