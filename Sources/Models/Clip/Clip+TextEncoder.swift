import Inference

extension Clip {
    /// Tokens in, one direction out: each sees those before it, and the end token has seen all.
    ///
    /// Source: `modeling_clip.py`, classes `CLIPTextModel`, `CLIPTextEmbeddings`, and
    /// `CLIPModel.get_text_features`.
    package struct TextEncoder: Sendable {
        private let words: Embedding
        private let positions: Embedding
        private let layers: [TransformerLayer]
        private let finalNorm: LayerNorm
        private let project: Linear
        private let config: Config.Text

        /// - Parameters:
        ///   - weights: where `text_model` and `text_projection` are
        ///   - config: the model's
        ///   - precision: what products are computed in
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, _ config: Config, _ precision: Precision
        ) throws(WeightsError) {
            let precision = precision.forManyRows
            let (text, width) = (config.text, config.text.layers.width)
            let model = weights.at("text_model")
            words = try Embedding(
                model.at("embeddings.token_embedding"), count: text.vocabularySize, width: width)
            positions = try Embedding(
                model.at("embeddings.position_embedding"), count: text.positionCount, width: width)
            layers = try (0..<text.layers.count).map { i throws(WeightsError) in
                try TransformerLayer(
                    model.at("encoder.layers").at(i), .apart(seeing: .past), text.layers, precision)
            }
            finalNorm = try LayerNorm(
                model.at("final_layer_norm"), width: width, epsilon: text.layers.epsilon)
            project = try Linear(
                weights.at("text_projection"), inputs: width, outputs: config.embeddingWidth,
                bias: false, precision: precision)
            self.config = text
        }

        /// - Parameter tokens: a text's ids, start and end token included; at most
        ///   `config.text.positionCount`
        /// - Returns: `[1, embeddingWidth]`, of any length
        package func callAsFunction(_ tokens: [Int]) -> Tensor {
            // What comes after the end changes nothing before it.
            let text = Array(tokens[...config.end(of: tokens)])
            let rows = layers.reduce(embedded(text)) { x, layer in layer(x) }
            return project(finalNorm(rows.onlyRow(text.count - 1)))
        }

        /// What every stage makes, for comparison with the reference.
        ///
        /// - Parameter tokens: as above
        /// - Returns: the embedded tokens and each layer's output, each `[tokens, width]`; then the end
        ///   token's row, `[1, width]`
        package func stages(_ tokens: [Int]) -> [Tensor] {
            let rows = layers.reduce(into: [embedded(tokens)]) { stages, layer in
                stages.append(layer(stages[stages.count - 1]))
            }
            return rows + [finalNorm(rows[rows.count - 1].onlyRow(config.end(of: tokens)))]
        }

        private func embedded(_ tokens: [Int]) -> Tensor {
            words(tokens) + positions(Array(tokens.indices))
        }
    }
}
