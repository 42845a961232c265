import Inference

extension Blip {
    /// Reads a question with an eye on the picture: every word sees every other.
    ///
    /// Source: `modeling_blip_text.py`, class `BlipTextModel` with `is_decoder=False` at the call,
    /// as `BlipForQuestionAnswering.generate` uses it.
    package struct QuestionEncoder: Sendable {
        private let embeddings: TextEmbeddings
        private let layers: [TextLayer]
        private let attention: Attention

        /// - Parameters:
        ///   - weights: where `embeddings` and `encoder` are
        ///   - sourceWidth: the vision encoder's width
        ///   - config: the text part's
        ///   - precision: what products are computed in
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, sourceWidth: Int, _ config: Config.Text, _ precision: Precision
        ) throws(WeightsError) {
            let precision = precision.forManyRows
            embeddings = try TextEmbeddings(weights.at("embeddings"), config)
            layers = try (0..<config.layerCount).map { i throws(WeightsError) in
                try TextLayer(
                    weights.at("encoder.layer").at(i), sourceWidth: sourceWidth, config, precision)
            }
            attention = Attention(
                heads: config.headCount, width: config.width, precision: precision)
        }

        /// - Parameters:
        ///   - tokens: the question, `[CLS]` and `[SEP]` included
        ///   - picture: `[patches + 1, sourceWidth]`
        /// - Returns: `[tokens, width]`
        package func callAsFunction(_ tokens: [Int], about picture: Tensor) -> Tensor {
            let seen = SharedRows(
                picture, for: layers.flatMap { [$0.toSource.keys, $0.toSource.values] })
            return layers.reduce(embeddings(tokens, at: Array(tokens.indices))) { x, layer in
                let (text, source) = (layer.toText, layer.toSource)
                let read = text.output(
                    attention(text.queries(x), text.keys(x), text.values(x)), from: x)
                let looked = source.output(
                    attention(
                        source.queries(read), seen.through(source.keys),
                        seen.through(source.values)),
                    from: read)
                return layer.perceptron(looked)
            }
        }
    }
}
