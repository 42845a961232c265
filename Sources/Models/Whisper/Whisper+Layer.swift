import Inference

extension Whisper {
    /// Queries, keys and values of an attention, and the product after it.
    ///
    /// Source: `modeling_whisper.py`, class `WhisperAttention`; keys have no bias.
    struct Projections: Sendable {
        let queries: Linear
        let keys: Linear
        let values: Linear
        let output: Linear

        /// - Parameters:
        ///   - weights: where `q_proj` and the others are
        ///   - width: of rows
        ///   - precision: what products are computed in
        ///   - sources: the same for keys and values
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        init(
            _ weights: Weights, width: Int, _ precision: Precision, sources: Precision
        ) throws(WeightsError) {
            func linear(
                _ name: String, _ precision: Precision, bias: Bool = true
            ) throws(WeightsError) -> Linear {
                try Linear(
                    weights.at(name), inputs: width, outputs: width, bias: bias,
                    precision: precision)
            }
            queries = try linear("q_proj", precision)
            keys = try linear("k_proj", sources, bias: false)
            values = try linear("v_proj", sources)
            output = try linear("out_proj", precision)
        }
    }
}

extension Perceptron {
    /// - Parameters:
    ///   - weights: where `fc1`, `fc2` and `final_layer_norm` are
    ///   - config: the model's
    ///   - mlpWidth: of the rows between
    ///   - precision: what products are computed in
    /// - Throws: `WeightsError` where a tensor is missing or misshapen.
    init(
        _ weights: Weights, _ config: Whisper.Config, mlpWidth: Int, _ precision: Precision
    ) throws(WeightsError) {
        self.init(
            norm: try LayerNorm(
                weights.at("final_layer_norm"), width: config.width, epsilon: config.epsilon),
            widen: try Linear(
                weights.at("fc1"), inputs: config.width, outputs: mlpWidth, precision: precision),
            activation: config.activation,
            narrow: try Linear(
                weights.at("fc2"), inputs: mlpWidth, outputs: config.width, precision: precision))
    }
}
