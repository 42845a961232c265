import Inference

extension Blip {
    /// What `config.json` says.
    ///
    /// Source: `configuration_blip.py`, classes `BlipTextConfig` and `BlipVisionConfig`; the
    /// defaults are theirs.
    package struct Config: Sendable {
        package let vision: VisionSizes
        package let text: Text

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
            vision = try VisionSizes(
                file.section("vision_config", isOptional: true), imageSide: 384, patchSide: 16,
                activation: .gelu)
            text = try Text(file.section("text_config", isOptional: true))
        }
    }
}

extension Blip.Config.Text {
    fileprivate init(_ file: Configuration) throws(ConfigurationError) {
        vocabularySize = try file.integer("vocab_size", in: 1...1_000_000, default: 30_524)
        width = try file.integer("hidden_size", in: LayerSizes.widths, default: 768)
        mlpWidth = try file.integer("intermediate_size", in: LayerSizes.widths, default: 3072)
        layerCount = try file.integer("num_hidden_layers", in: LayerSizes.counts, default: 12)
        headCount = try file.integer("num_attention_heads", in: LayerSizes.counts, default: 8)
        positionCount = try file.integer(
            "max_position_embeddings", in: LayerSizes.widths, default: 512)
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
