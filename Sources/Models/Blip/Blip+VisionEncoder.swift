import Inference

extension Blip {
    /// The vision transformer: pixels in, one row per patch out.
    ///
    /// Source: `modeling_blip.py`, class `BlipVisionModel`.
    package struct VisionEncoder: Sendable {
        private let embeddings: VisionEmbeddings
        private let layers: [VisionLayer]
        private let finalNorm: LayerNorm

        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, _ config: Config.Vision, _ precision: Precision
        ) throws(WeightsError) {
            let precision = precision.forManyRows
            embeddings = try VisionEmbeddings(weights.at("embeddings"), config, precision)
            layers = try (0..<config.layerCount).map { i throws(WeightsError) in
                try VisionLayer(weights.at("encoder.layers").at(i), config, precision)
            }
            finalNorm = try LayerNorm(
                weights.at("post_layernorm"), width: config.width, epsilon: config.epsilon)
        }

        /// - Parameter pixels: `[3, imageSide, imageSide]`, normalised
        /// - Returns: `[patches + 1, width]`, the class token first
        package func callAsFunction(_ pixels: Tensor) -> Tensor {
            finalNorm(layers.reduce(embeddings(pixels)) { x, layer in layer(x) })
        }

        /// What every stage makes, for comparison with the reference.
        ///
        /// - Parameter pixels: `[3, imageSide, imageSide]`, normalised
        /// - Returns: the embedded patches, then each layer's output, each `[patches + 1, width]`
        package func stages(_ pixels: Tensor) -> [Tensor] {
            layers.reduce(into: [embeddings(pixels)]) { stages, layer in
                stages.append(layer(stages[stages.count - 1]))
            }
        }
    }

    /// Patches as rows behind a class token, each with its learned position.
    ///
    /// Source: `modeling_blip.py`, class `BlipVisionEmbeddings`.
    private struct VisionEmbeddings: Sendable {
        private let patches: PatchEmbedding
        private let classToken: [Float]  // [width]
        private let positions: Tensor  // [patches + 1, width]

        init(
            _ weights: Weights, _ config: Config.Vision, _ precision: Precision
        ) throws(WeightsError) {
            let (count, width) = (config.positionCount, config.width)
            patches = try PatchEmbedding(
                weights.at("patch_embedding"), side: config.patchSide, width: width,
                precision: precision)
            classToken = try weights.stored("class_embedding", shape: [1, 1, width]).floats()
            positions = Tensor(
                try weights.stored("position_embedding", shape: [1, count, width]).floats(),
                shape: [count, width])
        }

        func callAsFunction(_ pixels: Tensor) -> Tensor {
            let embedded = patches(pixels)
            return Tensor(classToken + embedded.values, shape: positions.shape) + positions
        }
    }

    /// Attention and a two-layer perceptron, each normalised before and added after.
    ///
    /// Source: `modeling_blip.py`, classes `BlipEncoderLayer`, `BlipAttention`, `BlipMLP`.
    private struct VisionLayer: Sendable {
        private let attentionNorm: LayerNorm
        private let queryKeyValue: Linear
        private let attention: Attention
        private let project: Linear
        private let mlpNorm: LayerNorm
        private let widen: Linear
        private let narrow: Linear
        private let activation: Activation

        init(
            _ weights: Weights, _ config: Config.Vision, _ precision: Precision
        ) throws(WeightsError) {
            let (width, mlpWidth) = (config.width, config.mlpWidth)
            attentionNorm = try LayerNorm(
                weights.at("layer_norm1"), width: width, epsilon: config.epsilon)
            queryKeyValue = try Linear(
                weights.at("self_attn.qkv"), inputs: width, outputs: 3 * width,
                precision: precision)
            attention = Attention(heads: config.headCount, width: width, precision: precision)
            project = try Linear(
                weights.at("self_attn.projection"), inputs: width, outputs: width,
                precision: precision)
            mlpNorm = try LayerNorm(
                weights.at("layer_norm2"), width: width, epsilon: config.epsilon)
            widen = try Linear(
                weights.at("mlp.fc1"), inputs: width, outputs: mlpWidth, precision: precision)
            narrow = try Linear(
                weights.at("mlp.fc2"), inputs: mlpWidth, outputs: width, precision: precision)
            activation = config.activation
        }

        /// - Parameter x: `[patches + 1, width]`
        /// - Returns: `[patches + 1, width]`
        func callAsFunction(_ x: Tensor) -> Tensor {
            let attended = project(attention(joined: queryKeyValue(attentionNorm(x))), adding: x)
            return narrow(widen(mlpNorm(attended), activation: activation), adding: attended)
        }
    }
}
