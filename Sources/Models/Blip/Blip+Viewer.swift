import Inference
import ModelStore
import Signals

extension Blip {
    /// What captioning and answering share: a model's files, its eyes, and how it writes.
    struct Viewer: Sendable {
        let config: Config
        let tokenizer: Tokenizer
        let folder: ModelFolder
        private let preprocess: ImagePreprocessor
        private let see: VisionEncoder
        private let search: Search

        /// Loads what both models have; the caller takes its own parts from the checkpoint, and
        /// then asks it to `finish`.
        ///
        /// - Parameters:
        ///   - folder: holds `config.json`, the tokenizer's files and `preprocessor_config.json`
        ///   - checkpoint: the folder's weights
        ///   - precision: what products are computed in
        ///   - search: how words are looked for
        /// - Throws: `ConfigurationError`, `WeightsError`, `TokenizerError`, `PreprocessorError` or
        ///   `ModelError`.
        init(
            _ folder: ModelFolder, _ checkpoint: Checkpoint, _ precision: Precision,
            _ search: Search
        ) throws {
            config = try Config(Configuration(file: folder.path + "/config.json"))
            preprocess = try ImagePreprocessor(folder: folder.path)
            tokenizer = try Tokenizer(folder: folder.path, checkpoint.prepared)
            see = try VisionEncoder(
                checkpoint.weights.at("vision_model"), config.vision, precision)
            self.folder = folder
            self.search = search
            try checkThatFilesFit()
        }

        /// Buffers that older files hold beside the weights.
        static let buffers = ["position_ids"]

        private func checkThatFilesFit() throws(ModelError) {
            let side = config.vision.imageSide
            guard preprocess.outputSide == side else {
                throw .mismatch(
                    folder: folder.path,
                    "preprocessor_config.json makes no squares of \(side) pixels, the image_size "
                        + "of config.json")
            }
            guard tokenizer.vocabularySize <= config.text.vocabularySize else {
                throw .mismatch(
                    folder: folder.path,
                    "the tokenizer knows \(tokenizer.vocabularySize) tokens and config.json only "
                        + "\(config.text.vocabularySize)")
            }
        }

        /// - Returns: `[patches + 1, vision width]`
        func rows(of image: Image) -> Tensor {
            let output = preprocess(image)
            return see(Tensor(output.values, shape: [3, output.height, output.width]))
        }

        /// The tokens, where they leave room for at least one more.
        func fitting(_ tokens: [Int], _ kind: String) throws(ModelError) -> [Int] {
            let limit = config.text.positionCount - 1
            guard tokens.count <= limit else {
                throw .tooLong(kind, tokens: tokens.count, limit: limit)
            }
            return tokens
        }

        /// Writes after a prompt, which becomes part of the text.
        func description(
            by decoder: TextDecoder.Looking, after prompt: [Int]
        ) throws(ModelError) -> Description {
            let written = generate(
                with: decoder, after: prompt, search.options(prompt, config.text))
            guard written.logProbability.isFinite else { throw .notFinite(folder: folder.path) }
            return Description(
                text: tokenizer.decode(prompt + written.tokens),
                meanLogProbability: written.meanLogProbability, tokenCount: written.tokens.count)
        }
    }
}

extension ImagePreprocessor {
    /// The side of the squares that it makes; nil where it makes others, or pictures of any size.
    fileprivate var outputSide: Int? {
        if let crop { return crop.width == crop.height ? crop.width : nil }
        guard case .exact(let width, let height) = size, width == height else { return nil }
        return width
    }
}
