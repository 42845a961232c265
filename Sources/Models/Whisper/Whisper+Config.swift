import Inference

extension Whisper {
    /// What `config.json` says.
    ///
    /// Source: `configuration_whisper.py`, class `WhisperConfig`; the defaults are its.
    package struct Config: Sendable, Equatable {
        package var vocabularySize: Int
        package var melCount: Int
        /// Rows that the encoder makes of a window, one per 20 ms.
        package var soundPositions: Int
        /// Tokens of the longest text, its prompt included.
        package var textPositions: Int
        package var width: Int
        package var encoder: Stack
        package var decoder: Stack
        package var activation: Activation

        package struct Stack: Sendable, Equatable {
            package var layerCount: Int
            package var headCount: Int
            package var mlpWidth: Int

            package init(layerCount: Int, headCount: Int, mlpWidth: Int) {
                self.layerCount = layerCount
                self.headCount = headCount
                self.mlpWidth = mlpWidth
            }
        }

        /// `torch.nn.LayerNorm`'s own, which the reference leaves as it is.
        package var epsilon: Float { 1e-5 }

        /// - Throws: `ConfigurationError` for a field that is missing, of another type or out of
        ///   range.
        package init(_ file: Configuration) throws(ConfigurationError) {
            vocabularySize = try file.integer("vocab_size", in: 1...1_000_000, default: 51_865)
            melCount = try file.integer("num_mel_bins", in: 1...1_024, default: 80)
            soundPositions = try file.integer("max_source_positions", in: widths, default: 1_500)
            textPositions = try file.integer("max_target_positions", in: widths, default: 448)
            width = try file.integer("d_model", in: widths, default: 384)
            encoder = try Stack(file, "encoder")
            decoder = try Stack(file, "decoder")
            activation = try file.activation("activation_function", default: .gelu)
            guard try file.optionalFlag("scale_embedding") != true else {
                throw file.unfit("scale_embedding", expected: "false, as in all published models")
            }
            guard width % encoder.headCount == 0 else {
                throw file.unfit("encoder_attention_heads", expected: "a divisor of d_model")
            }
            guard width % decoder.headCount == 0 else {
                throw file.unfit("decoder_attention_heads", expected: "a divisor of d_model")
            }
        }
    }
}

// Bounds that no published model comes near, so that no product of two of them overflows.
private let widths = 1...65_536
private let counts = 1...1_024

extension Whisper.Config.Stack {
    fileprivate init(_ file: Configuration, _ side: String) throws(ConfigurationError) {
        layerCount = try file.integer("\(side)_layers", in: counts, default: 4)
        headCount = try file.integer("\(side)_attention_heads", in: counts, default: 6)
        mlpWidth = try file.integer("\(side)_ffn_dim", in: widths, default: 1_536)
    }
}
