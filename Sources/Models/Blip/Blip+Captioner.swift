import Inference
import ModelStore
import Signals

extension Blip {
    /// Pictures to captions: `BlipForConditionalGeneration`, base or large.
    ///
    /// Source: `modeling_blip.py`, `BlipForConditionalGeneration.generate`, and `processing_blip.py`.
    package struct Captioner: ImageDescriber {
        private let viewer: Viewer
        private let write: TextDecoder
        private let limits: ModelScope

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
            let checkpoint = try Checkpoint(
                folder: folder.path, keptAt: PreparedPlaces(folder.keptStems, precision))
            limits = try ModelScope(folder)
            viewer = try Viewer(folder, checkpoint, precision, search)
            write = try TextDecoder(
                checkpoint.weights.at("text_decoder"), sourceWidth: viewer.config.vision.width,
                viewer.config.text, precision)
            try checkpoint.finish(ignoring: Viewer.buffers)
        }

        package var name: String { viewer.folder.name }
        package var imageSide: Int { viewer.config.vision.imageSide }
        package var scope: String? { limits.knows }

        package func describe(_ image: Image, prefix: String?) throws -> Description {
            let prompt = try prompt(prefix)
            let description = try viewer.description(
                by: write.looking(at: viewer.rows(of: image)), after: prompt)
            return limits.lets(description) ? description : description.withheld
        }

        /// The start token, then the prefix's words: `[CLS]` is replaced and `[SEP]` left out.
        private func prompt(_ prefix: String?) throws(ModelError) -> [Int] {
            let words = prefix.map { viewer.tokenizer.encode($0, addingSpecialTokens: false) } ?? []
            return try viewer.fitting([viewer.config.text.startToken] + words, "prefix")
        }
    }
}
