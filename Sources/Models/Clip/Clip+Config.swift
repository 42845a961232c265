import Inference

extension Clip {
    /// What `config.json` says.
    ///
    /// Source: `configuration_clip.py`, classes `CLIPConfig`, `CLIPVisionConfig`, `CLIPTextConfig`; the
    /// defaults are theirs.
    package struct Config: Sendable {
        package let vision: VisionSizes
        package let text: Text
        /// Numbers in the direction of a picture or a text.
        package let embeddingWidth: Int

        package struct Text: Sendable {
            package let layers: LayerSizes
            package let vocabularySize: Int
            /// The most tokens of a text.
            package let positionCount: Int
            /// Ends every text.
            package let endToken: Int
        }

        /// - Throws: `ConfigurationError` for a field of another type, out of range, or that does not
        ///   fit.
        package init(_ file: Configuration) throws(ConfigurationError) {
            // Older files have a side's section twice, and the reference believes the second.
            func section(_ name: String) throws(ConfigurationError) -> Configuration {
                let older = name + "_dict"
                return try file.section(file.has(older) ? older : name, isOptional: true)
            }
            vision = try VisionSizes(
                section("vision_config"), imageSide: 224, patchSide: 32, activation: .quickGelu)
            text = try Text(section("text_config"))
            embeddingWidth = try file.integer(
                "projection_dim", in: LayerSizes.widths, default: 512)
        }
    }
}

extension Clip.Config.Text {
    fileprivate init(_ file: Configuration) throws(ConfigurationError) {
        layers = try LayerSizes(
            file, width: 512, mlpWidth: 2048, headCount: 8, activation: .quickGelu)
        vocabularySize = try file.integer("vocab_size", in: 1...1_000_000, default: 49_408)
        positionCount = try file.integer(
            "max_position_embeddings", in: LayerSizes.widths, default: 77)
        endToken = try file.integer("eos_token_id", in: 0...1_000_000, default: 49_407)
    }

    /// Where in a text its end token is, whose row stands for the text.
    ///
    /// OpenAI's files say that the end token is 2, which is none; it is the highest there is, and so
    /// the reference looks for that then. A text without an end is told by its first token, as there.
    func end(of tokens: [Int]) -> Int {
        let end = endToken == 2 ? tokens.max() : endToken
        return tokens.firstIndex { $0 == end } ?? 0
    }
}
