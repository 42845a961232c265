import Inference

extension Blip {
    /// The vision transformer: pixels in, one row per patch out.
    ///
    /// Source: `modeling_blip.py`, classes `BlipVisionModel`, `BlipVisionEmbeddings`.
    package struct VisionEncoder: Sendable {
        private let embeddings: PatchRows
        private let layers: [TransformerLayer]
        private let finalNorm: LayerNorm

        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, _ sizes: VisionSizes, _ precision: Precision
        ) throws(WeightsError) {
            let precision = precision.forManyRows
            let (count, width) = (sizes.positionCount, sizes.width)
            let embedded = weights.at("embeddings")
            embeddings = try PatchRows(
                PatchEmbedding(
                    embedded.at("patch_embedding"), side: sizes.patchSide, width: width,
                    precision: precision),
                classToken: embedded.stored("class_embedding", shape: [1, 1, width]),
                positions: embedded.stored("position_embedding", shape: [1, count, width]),
                sizes)
            layers = try (0..<sizes.layers.count).map { i throws(WeightsError) in
                try TransformerLayer(
                    weights.at("encoder.layers").at(i), .joined, sizes.layers, precision)
            }
            finalNorm = try LayerNorm(
                weights.at("post_layernorm"), width: width, epsilon: sizes.layers.epsilon)
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
}
