import Inference

extension Clip {
    /// The vision transformer and the projection after it: pixels in, one direction out.
    ///
    /// Source: `modeling_clip.py`, classes `CLIPVisionModel`, `CLIPVisionEmbeddings`, and
    /// `CLIPModel.get_image_features`.
    package struct VisionEncoder: Sendable {
        private let embeddings: PatchRows
        private let firstNorm: LayerNorm
        private let layers: [TransformerLayer]
        private let finalNorm: LayerNorm
        private let project: Linear

        /// - Parameters:
        ///   - weights: where `vision_model` and `visual_projection` are
        ///   - config: the model's
        ///   - precision: what products are computed in
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, _ config: Config, _ precision: Precision
        ) throws(WeightsError) {
            let precision = precision.forManyRows
            let sizes = config.vision
            let (count, width) = (sizes.positionCount, sizes.width)
            let model = weights.at("vision_model")
            let embedded = model.at("embeddings")
            func norm(_ name: String) throws(WeightsError) -> LayerNorm {
                try LayerNorm(model.at(name), width: width, epsilon: sizes.layers.epsilon)
            }
            embeddings = try PatchRows(
                PatchEmbedding(
                    embedded.at("patch_embedding"), side: sizes.patchSide, width: width,
                    bias: false, precision: precision),
                classToken: embedded.stored("class_embedding", shape: [width]),
                positions: embedded.stored("position_embedding.weight", shape: [count, width]),
                sizes)
            firstNorm = try norm("pre_layrnorm")  // as the checkpoints spell it
            layers = try (0..<sizes.layers.count).map { i throws(WeightsError) in
                try TransformerLayer(
                    model.at("encoder.layers").at(i), .apart(seeing: .all), sizes.layers, precision)
            }
            finalNorm = try norm("post_layernorm")
            project = try Linear(
                weights.at("visual_projection"), inputs: width, outputs: config.embeddingWidth,
                bias: false, precision: precision)
        }

        /// - Parameter pixels: `[3, imageSide, imageSide]`, normalised
        /// - Returns: `[1, embeddingWidth]`, of any length
        package func callAsFunction(_ pixels: Tensor) -> Tensor {
            let rows = layers.dropLast().reduce(embedded(pixels)) { x, layer in layer(x) }
            return project(finalNorm(layers.last?.firstRow(of: rows) ?? rows.onlyRow(0)))
        }

        /// What every stage makes, for comparison with the reference.
        ///
        /// - Parameter pixels: `[3, imageSide, imageSide]`, normalised
        /// - Returns: the embedded patches and each layer's output, each `[patches + 1, width]`; then
        ///   the class token's row, `[1, width]`
        package func stages(_ pixels: Tensor) -> [Tensor] {
            let rows = layers.reduce(into: [embedded(pixels)]) { stages, layer in
                stages.append(layer(stages[stages.count - 1]))
            }
            return rows + [finalNorm(rows[rows.count - 1].onlyRow(0))]
        }

        private func embedded(_ pixels: Tensor) -> Tensor { firstNorm(embeddings(pixels)) }
    }
}
