import Inference
import ModelStore
import Signals

extension Blip {
    /// Pictures and questions to answers: `BlipForQuestionAnswering`.
    ///
    /// Source: `modeling_blip.py`, `BlipForQuestionAnswering.generate`.
    package struct Answerer: QuestionAnswerer {
        private let viewer: Viewer
        private let read: QuestionEncoder
        private let write: TextDecoder

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
            let checkpoint = try Checkpoint(
                folder: folder.path, keptAt: PreparedPlaces(folder.keptStems, precision))
            viewer = try Viewer(folder, checkpoint, precision, search)
            let (vision, text) = (viewer.config.vision, viewer.config.text)
            // The decoder looks at the question's rows with attention made for the picture's.
            guard text.width == vision.width else {
                throw ModelError.mismatch(
                    folder: folder.path,
                    "its question rows are \(text.width) wide and its picture rows "
                        + "\(vision.width)")
            }
            read = try QuestionEncoder(
                checkpoint.weights.at("text_encoder"), sourceWidth: vision.width, text, precision)
            write = try TextDecoder(
                checkpoint.weights.at("text_decoder"), sourceWidth: vision.width, text, precision)
            try checkpoint.finish(ignoring: Viewer.buffers)
        }

        package var name: String { viewer.folder.name }
        package var imageSide: Int { viewer.config.vision.imageSide }

        package func answer(_ question: String, about image: Image) throws -> Description {
            let tokens = try viewer.fitting(viewer.tokenizer.encode(question), "question")
            let rows = read(tokens, about: viewer.rows(of: image))
            return try viewer.description(
                by: write.looking(at: rows), after: [viewer.config.text.startToken])
        }
    }
}
