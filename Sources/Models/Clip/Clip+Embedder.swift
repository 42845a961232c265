import Inference
import ModelStore
import Signals

extension Clip {
    /// Pictures to directions: the vision side of `CLIPModel`.
    ///
    /// Source: `modeling_clip.py`, `CLIPModel.forward`, and `image_processing_clip.py`.
    package struct Embedder: ImageEmbedder {
        private let folder: ModelFolder
        private let config: Config
        private let preprocess: ImagePreprocessor
        private let see: VisionEncoder

        /// Loads what pictures need of the model; its text side stays unread.
        ///
        /// - Parameters:
        ///   - folder: holds `config.json`, `model.safetensors` and `preprocessor_config.json`
        ///   - precision: what products are computed in
        /// - Throws: `ConfigurationError`, `WeightsError`, `PreprocessorError` or `ModelError`.
        package init(_ folder: ModelFolder, _ precision: Precision) throws {
            let checkpoint = try Checkpoint(
                folder: folder.path, keptAt: PreparedPlaces(folder.keptStems, precision))
            config = try Config(Configuration(file: folder.path + "/config.json"))
            preprocess = try ImagePreprocessor(folder: folder.path)
            try preprocess.check(makesSquaresOf: config.vision.imageSide, folder: folder.path)
            see = try VisionEncoder(checkpoint.weights, config, precision)
            try checkpoint.finish(ignoring: Embedder.unread)
            self.folder = folder
        }

        /// The text side, and buffers that older files hold beside the weights.
        package static let unread = [
            "text_model", "text_projection", "logit_scale", "position_ids",
        ]

        package var name: String { folder.name }
        package var imageSide: Int { config.vision.imageSide }

        // Not fitted here, where no trained weights are. A trial with CLIP on 12,217 pictures of one
        // camera, many taken one after the other, found twins between 0.98 and 1, and at 0.97 pictures
        // of one subject in another composition (John Boen, lesson 045, "Embedding-Based
        // Deduplication"). Others name borders from 0.93 to 0.99: the wrong way to err is to leave
        // out what a listener has not been told.
        package var sameness: Float { 0.98 }

        package func embed(_ image: Image) throws -> Direction {
            guard let direction = Direction(along: see(preprocess.pixels(image)).values) else {
                throw ModelError.notFinite(folder: folder.path)
            }
            return direction
        }
    }
}
