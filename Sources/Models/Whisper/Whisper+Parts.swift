import Inference
import ModelStore

extension Whisper {
    /// Everything that a model's files hold, whatever their format.
    package struct Parts: Sendable {
        /// As users write it after `--model`.
        package let name: String
        /// What a message names: the folder or the file.
        package let path: String
        package let config: Config
        package let settings: Settings
        package let tokenizer: Tokenizer
        package let logMel: LogMel
        package let encoder: Encoder
        package let decoder: Decoder
        package let limits: ModelScope

        /// - Precondition: all are of one model.
        package init(
            name: String, path: String, config: Config, settings: Settings, tokenizer: Tokenizer,
            logMel: LogMel, encoder: Encoder, decoder: Decoder, limits: ModelScope = .unlimited
        ) {
            self.name = name
            self.path = path
            self.config = config
            self.settings = settings
            self.tokenizer = tokenizer
            self.logMel = logMel
            self.encoder = encoder
            self.decoder = decoder
            self.limits = limits
        }

        /// Loads a model in the layout of Hugging Face.
        ///
        /// - Parameters:
        ///   - folder: holds `config.json`, the weights, the tokenizer's files, and mostly
        ///     `generation_config.json` and `preprocessor_config.json`
        ///   - precision: what products are computed in
        /// - Throws: `ConfigurationError`, `WeightsError`, `TokenizerError` or `ModelError`.
        package init(_ folder: ModelFolder, _ precision: Precision) throws {
            let file = try Configuration(file: folder.path + "/config.json")
            let config = try Config(file)
            let checkpoint = try Checkpoint(
                folder: folder.path, keptAt: PreparedPlaces(folder.keptStems, precision))
            let tokenizer = try Tokenizer(folder: folder.path, checkpoint.prepared)
            let settings = try Settings(
                generation: folder.path(of: "generation_config.json").map(Configuration.init),
                file: file, config, tokenizer, source: folder.path)
            let logMel = try LogMel(
                folder.path(of: "preprocessor_config.json").map(Configuration.init),
                channels: config.melCount)
            guard logMel.frames == 2 * config.soundPositions else {
                throw ModelError.mismatch(
                    folder: folder.path,
                    "preprocessor_config.json makes \(logMel.frames) frames of a window and "
                        + "config.json asks for \(2 * config.soundPositions)")
            }
            let encoder = try Encoder(checkpoint.weights.at("model.encoder"), config, precision)
            let decoder = try Decoder(checkpoint.weights, config, precision)
            try checkpoint.finish()
            self.init(
                name: folder.name, path: folder.path, config: config, settings: settings,
                tokenizer: tokenizer, logMel: logMel, encoder: encoder, decoder: decoder,
                limits: try ModelScope(folder))
        }
    }
}
