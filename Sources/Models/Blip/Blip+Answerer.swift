import Inference
import ModelStore
import Signals

extension Blip {
    /// Pictures and questions to answers: `BlipForQuestionAnswering`.
    ///
    /// Source: `modeling_blip.py`, `BlipForQuestionAnswering.generate`.
    package struct Answerer: QuestionAnswerer {
        package let name: String
        private let preprocess: ImagePreprocessor
        private let tokenizer: Tokenizer
        private let see: VisionEncoder
        private let read: QuestionEncoder
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
        ///   - search: how answers are looked for
        /// - Throws: `ConfigurationError`, `WeightsError`, `TokenizerError`, `PreprocessorError` or
        ///   `ModelError`.
        package init(_ folder: ModelFolder, _ precision: Precision, _ search: Search) throws {
            let checkpoint = try Checkpoint(folder: folder.path)
            config = try Config(Configuration(file: folder.path + "/config.json"))
            // The decoder looks at the question's rows with attention made for the picture's.
            guard config.text.width == config.vision.width else {
                throw ModelError.mismatch(
                    folder: folder.path,
                    "its question rows are \(config.text.width) wide and its picture rows "
                        + "\(config.vision.width)")
            }
            preprocess = try ImagePreprocessor(folder: folder.path)
            tokenizer = try Tokenizer(folder: folder.path)
            see = try VisionEncoder(
                checkpoint.weights.at("vision_model"), config.vision, precision)
            read = try QuestionEncoder(
                checkpoint.weights.at("text_encoder"), sourceWidth: config.vision.width,
                config.text, precision)
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

        package func answer(_ question: String, about image: Image) throws -> Description {
            let tokens = try Blip.fitting(tokenizer.encode(question), "question", config.text)
            let picture = see(Blip.pixels(of: image, preprocess, config.vision))
            let decoder = write.looking(at: read(tokens, about: picture))
            let prompt = [config.text.startToken]
            let options = search.options(prompt, config.text)
            let written = generate(with: decoder, after: prompt, options)
            return try Blip.description(written, text: tokenizer.decode(written.tokens), folder)
        }
    }
}
