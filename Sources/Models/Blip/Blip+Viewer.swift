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
            try preprocess.check(makesSquaresOf: config.vision.imageSide, folder: folder.path)
            guard tokenizer.vocabularySize <= config.text.vocabularySize else {
                throw .mismatch(
                    folder: folder.path,
                    "the tokenizer knows \(tokenizer.vocabularySize) tokens and config.json only "
                        + "\(config.text.vocabularySize)")
            }
        }

        /// - Returns: `[patches + 1, vision width]`
        func rows(of image: Image) -> Tensor {
            see(preprocess.pixels(image))
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
