import Inference

extension Blip {
    /// Tokens as rows: word and position added, then normalised.
    ///
    /// Source: `modeling_blip_text.py`, class `BlipTextEmbeddings`.
    struct TextEmbeddings: Sendable {
        private let words: Embedding
        private let positions: Embedding
        private let norm: LayerNorm

        init(_ weights: Weights, _ config: Config.Text) throws(WeightsError) {
            words = try Embedding(
                weights.at("word_embeddings"), count: config.vocabularySize, width: config.width)
            positions = try Embedding(
                weights.at("position_embeddings"), count: config.positionCount,
                width: config.width)
            norm = try LayerNorm(
                weights.at("LayerNorm"), width: config.width, epsilon: config.epsilon)
        }

        /// - Parameters:
        ///   - tokens: ids
        ///   - positions: where each stands in its text
        /// - Returns: `[tokens, width]`
        func callAsFunction(_ tokens: [Int], at positions: [Int]) -> Tensor {
            norm(words(tokens) + self.positions(positions))
        }
    }

    /// Queries, keys and values of an attention, and what follows it: added to what went in, then
    /// normalised.
    ///
    /// Source: `modeling_blip_text.py`, classes `BlipTextSelfAttention`, `BlipTextSelfOutput`.
    struct TextAttention: Sendable {
        let queries: Linear
        let keys: Linear
        let values: Linear
        private let dense: Linear
        private let norm: LayerNorm

        /// - Parameters:
        ///   - weights: where `self` and `output` are
        ///   - sourceWidth: of the rows that keys and values are made from
        ///   - config: the text part's
        ///   - precision: what products are computed in
        ///   - sources: the same for keys and values
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        init(
            _ weights: Weights, sourceWidth: Int, _ config: Config.Text, _ precision: Precision,
            sources: Precision
        ) throws(WeightsError) {
            let width = config.width
            queries = try Linear(
                weights.at("self.query"), inputs: width, outputs: width, precision: precision)
            keys = try Linear(
                weights.at("self.key"), inputs: sourceWidth, outputs: width, precision: sources)
            values = try Linear(
                weights.at("self.value"), inputs: sourceWidth, outputs: width, precision: sources)
            dense = try Linear(
                weights.at("output.dense"), inputs: width, outputs: width, precision: precision)
            norm = try LayerNorm(
                weights.at("output.LayerNorm"), width: width, epsilon: config.epsilon)
        }

        /// - Parameters:
        ///   - mixed: what the attention gave, `[n, width]`
        ///   - x: what went into it, `[n, width]`
        /// - Returns: `[n, width]`
        func output(_ mixed: Tensor, from x: Tensor) -> Tensor { norm(dense(mixed, adding: x)) }
    }

    /// Attention to the text, attention to what was seen, and a two-layer perceptron.
    ///
    /// Source: `modeling_blip_text.py`, class `BlipTextLayer` of a decoder.
    struct TextLayer: Sendable {
        let toText: TextAttention
        let toSource: TextAttention
        private let widen: Linear
        private let narrow: Linear
        private let norm: LayerNorm
        private let activation: Activation

        init(
            _ weights: Weights, sourceWidth: Int, _ config: Config.Text, _ precision: Precision
        ) throws(WeightsError) {
            toText = try TextAttention(
                weights.at("attention"), sourceWidth: config.width, config, precision,
                sources: precision)
            toSource = try TextAttention(
                weights.at("crossattention"), sourceWidth: sourceWidth, config, precision,
                sources: precision.forManyRows)
            widen = try Linear(
                weights.at("intermediate.dense"), inputs: config.width, outputs: config.mlpWidth,
                precision: precision)
            narrow = try Linear(
                weights.at("output.dense"), inputs: config.mlpWidth, outputs: config.width,
                precision: precision)
            norm = try LayerNorm(
                weights.at("output.LayerNorm"), width: config.width, epsilon: config.epsilon)
            activation = config.activation
        }

        /// - Parameter x: `[n, width]`
        /// - Returns: `[n, width]`
        func perceptron(_ x: Tensor) -> Tensor {
            norm(narrow(widen(x, activation: activation), adding: x))
        }
    }
}
