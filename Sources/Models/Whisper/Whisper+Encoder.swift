import Inference

extension Whisper {
    /// Log-mel frames in, one row per 20 ms out.
    ///
    /// Source: `modeling_whisper.py`, class `WhisperEncoder`.
    package struct Encoder: Sendable {
        private let first: Convolution1D
        private let second: Convolution1D
        private let positions: Tensor  // [soundPositions, width]
        private let layers: [EncoderLayer]
        private let finalNorm: LayerNorm

        /// - Parameters:
        ///   - weights: where `conv1` and `layers` are
        ///   - config: the model's
        ///   - precision: what products are computed in
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, _ config: Config, _ precision: Precision
        ) throws(WeightsError) {
            let precision = precision.forManyRows
            first = try Convolution1D(
                weights.at("conv1"), inputs: config.melCount, outputs: config.width, step: 1,
                precision: precision)
            second = try Convolution1D(
                weights.at("conv2"), inputs: config.width, outputs: config.width, step: 2,
                precision: precision)
            let shape = [config.soundPositions, config.width]
            positions = Tensor(
                try weights.stored("embed_positions.weight", shape: shape).floats(), shape: shape)
            layers = try (0..<config.encoder.layerCount).map { i throws(WeightsError) in
                try EncoderLayer(weights.at("layers").at(i), config, precision)
            }
            finalNorm = try LayerNorm(
                weights.at("layer_norm"), width: config.width, epsilon: config.epsilon)
        }

        /// - Parameter mel: `[2 * soundPositions, melCount]`, a frame per 10 ms
        /// - Returns: `[soundPositions, width]`
        package func callAsFunction(_ mel: Tensor) -> Tensor {
            finalNorm(layers.reduce(embedded(mel)) { x, layer in layer(x) })
        }

        /// What every stage makes, for comparison with the reference.
        ///
        /// - Parameter mel: `[2 * soundPositions, melCount]`
        /// - Returns: the embedded frames, then each layer's output, each `[soundPositions, width]`
        package func stages(_ mel: Tensor) -> [Tensor] {
            layers.reduce(into: [embedded(mel)]) { stages, layer in
                stages.append(layer(stages[stages.count - 1]))
            }
        }

        private func embedded(_ mel: Tensor) -> Tensor {
            second(first(mel, activation: .gelu), activation: .gelu, adding: positions)
        }
    }

    /// Source: `modeling_whisper.py`, class `WhisperEncoderLayer`.
    private struct EncoderLayer: Sendable {
        private let norm: LayerNorm
        private let projections: Projections
        private let attention: Attention
        private let perceptron: Perceptron

        init(_ weights: Weights, _ config: Config, _ precision: Precision) throws(WeightsError) {
            norm = try LayerNorm(
                weights.at("self_attn_layer_norm"), width: config.width, epsilon: config.epsilon)
            projections = try Projections(
                weights.at("self_attn"), width: config.width, precision, sources: precision)
            attention = Attention(
                heads: config.encoder.headCount, width: config.width, precision: precision)
            perceptron = try Perceptron(
                weights, config, mlpWidth: config.encoder.mlpWidth, precision)
        }

        /// - Parameter x: `[n, width]`
        /// - Returns: `[n, width]`
        func callAsFunction(_ x: Tensor) -> Tensor {
            let made = norm(x, into: [projections.queries, projections.keys, projections.values])
            let mixed = attention(made[0], made[1], made[2])
            return perceptron(projections.output(mixed, adding: x))
        }
    }
}
