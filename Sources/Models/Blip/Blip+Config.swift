import Inference

extension Blip {
    /// What `config.json` says.
    ///
    /// Source: `configuration_blip.py`, classes `BlipTextConfig` and `BlipVisionConfig`; the
    /// defaults are theirs.
    package struct Config: Sendable {
        package let vision: Vision
        package let text: Text

        package struct Vision: Sendable {
            package let width: Int
            package let mlpWidth: Int
            package let layerCount: Int
            package let headCount: Int
            /// Side of the square picture, in pixels.
            package let imageSide: Int
            package let patchSide: Int
            package let activation: Activation
            package let epsilon: Float

            /// Patches and the class token before them.
            package var positionCount: Int { (imageSide / patchSide) * (imageSide / patchSide) + 1 }
        }

        package struct Text: Sendable {
            package let vocabularySize: Int
            package let width: Int
            package let mlpWidth: Int
            package let layerCount: Int
            package let headCount: Int
            package let positionCount: Int
            package let activation: Activation
            package let epsilon: Float
            /// Begins every caption and answer.
            package let startToken: Int
            /// Ends them.
            package let endToken: Int
        }

        /// - Throws: `ConfigurationError` for a field that is missing, of another type or out of
        ///   range.
        package init(_ file: Configuration) throws(ConfigurationError) {
            vision = try Vision(file.section("vision_config", isOptional: true))
            text = try Text(file.section("text_config", isOptional: true))
        }
    }
}

// Bounds that no published model comes near, so that no product of two of them overflows.
private let widths = 1...65_536
private let counts = 1...1_024

extension Blip.Config.Vision {
    fileprivate init(_ file: Configuration) throws(ConfigurationError) {
        width = try file.integer("hidden_size", in: widths, default: 768)
        mlpWidth = try file.integer("intermediate_size", in: widths, default: 3072)
        layerCount = try file.integer("num_hidden_layers", in: counts, default: 12)
        headCount = try file.integer("num_attention_heads", in: counts, default: 12)
        imageSide = try file.integer("image_size", in: 1...8_192, default: 384)
        patchSide = try file.integer("patch_size", in: 1...1_024, default: 16)
        activation = try file.activation("hidden_act", default: .gelu)
        epsilon = Float(try file.number("layer_norm_eps", default: 1e-5))
        guard width % headCount == 0 else {
            throw file.unfit("num_attention_heads", expected: "a divisor of hidden_size")
        }
        guard imageSide % patchSide == 0 else {
            throw file.unfit("patch_size", expected: "a divisor of image_size")
        }
    }
}

extension Blip.Config.Text {
    fileprivate init(_ file: Configuration) throws(ConfigurationError) {
        vocabularySize = try file.integer("vocab_size", in: 1...1_000_000, default: 30_524)
        width = try file.integer("hidden_size", in: widths, default: 768)
        mlpWidth = try file.integer("intermediate_size", in: widths, default: 3072)
        layerCount = try file.integer("num_hidden_layers", in: counts, default: 12)
        headCount = try file.integer("num_attention_heads", in: counts, default: 8)
        positionCount = try file.integer("max_position_embeddings", in: widths, default: 512)
        activation = try file.activation("hidden_act", default: .gelu)
        epsilon = Float(try file.number("layer_norm_eps", default: 1e-12))
        let tokens = 0...(vocabularySize - 1)
        startToken = try file.integer("bos_token_id", in: tokens, default: 30_522)
        endToken = try file.integer("sep_token_id", in: tokens, default: 102)
        guard width % headCount == 0 else {
            throw file.unfit("num_attention_heads", expected: "a divisor of hidden_size")
        }
        guard tokens.contains(startToken), tokens.contains(endToken) else {
            throw file.unfit("vocab_size", expected: "larger than bos_token_id and sep_token_id")
        }
    }
}
