import Inference

extension Blip {
    /// Writes: a BERT whose words see those before them and all of what was seen.
    ///
    /// Source: `modeling_blip_text.py`, class `BlipTextLMHeadModel`.
    package struct TextDecoder: Sendable {
        fileprivate let embeddings: TextEmbeddings
        fileprivate let layers: [TextLayer]
        fileprivate let head: TextHead
        fileprivate let config: Config.Text
        fileprivate let precision: Precision

        /// - Parameters:
        ///   - weights: where `bert` and `cls` are
        ///   - sourceWidth: of the rows that it looks at
        ///   - config: the text part's
        ///   - precision: what products are computed in
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, sourceWidth: Int, _ config: Config.Text, _ precision: Precision
        ) throws(WeightsError) {
            embeddings = try TextEmbeddings(weights.at("bert.embeddings"), config)
            layers = try (0..<config.layerCount).map { i throws(WeightsError) in
                try TextLayer(
                    weights.at("bert.encoder.layer").at(i), sourceWidth: sourceWidth, config,
                    precision)
            }
            head = try TextHead(weights, config, precision)
            self.config = config
            self.precision = precision
        }

        /// The decoder with its eyes on one picture, or one question about it.
        ///
        /// - Parameter source: `[n, sourceWidth]`
        /// - Returns: a decoder that holds the source's keys and values of every layer
        package func looking(at source: Tensor) -> Looking {
            let seen = SharedRows(
                source, for: layers.flatMap { [$0.toSource.keys, $0.toSource.values] })
            return Looking(
                decoder: self,
                sources: layers.map { layer in
                    var cache = KeyValueCache(
                        of: .source, heads: config.headCount, width: config.width,
                        precision: precision, capacity: source.rows)
                    cache.append(
                        seen.through(layer.toSource.keys), seen.through(layer.toSource.values),
                        rows: 0..<source.rows)
                    return cache
                })
        }
    }

    /// The last hidden row to logits: a dense layer, then the words' own matrix.
    ///
    /// Source: `modeling_blip_text.py`, class `BlipTextLMPredictionHead`.
    fileprivate struct TextHead: Sendable {
        private let transform: Linear
        private let norm: LayerNorm
        private let words: Linear
        private let activation: Activation

        init(
            _ weights: Weights, _ config: Config.Text, _ precision: Precision
        ) throws(WeightsError) {
            let predictions = weights.at("cls.predictions")
            transform = try Linear(
                predictions.at("transform.dense"), inputs: config.width, outputs: config.width,
                precision: precision)
            norm = try LayerNorm(
                predictions.at("transform.LayerNorm"), width: config.width,
                epsilon: config.epsilon)
            // Matrix and bias are tied to other tensors: a file may hold either copy, or both.
            let shape = [config.vocabularySize, config.width]
            let tied = try weights.stored("bert.embeddings.word_embeddings.weight", shape: shape)
            let matrix =
                predictions.has("decoder.weight")
                ? try predictions.stored("decoder.weight", shape: shape) : tied
            var bias = try predictions.stored("bias", shape: [config.vocabularySize])
            if predictions.has("decoder.bias") {
                bias = try predictions.stored("decoder.bias", shape: [config.vocabularySize])
            }
            words = Linear(try Matrix(matrix, precision: precision), bias: try bias.floats())
            activation = config.activation
        }

        func callAsFunction(_ x: Tensor) -> Tensor {
            words(norm(transform(x, activation: activation)))
        }
    }
}

extension Blip.TextDecoder {
    /// A decoder and what it looks at.
    package struct Looking: TextDecoder {
        fileprivate let decoder: Blip.TextDecoder
        /// Per layer, the keys and values of what is looked at.
        fileprivate let sources: [KeyValueCache]

        /// Keys and values of one text, per layer.
        package typealias Memory = [KeyValueCache]

        package var vocabularySize: Int { decoder.config.vocabularySize }

        package func emptyMemory() -> Memory {
            let config = decoder.config
            return sources.map { _ in
                KeyValueCache(
                    of: .text, heads: config.headCount, width: config.width,
                    precision: decoder.precision)
            }
        }

        package func logits(after tokens: [[Int]], memories: inout [Memory]) -> Tensor {
            decoder.head(lastRows(hidden(tokens, &memories), of: tokens))
        }

        /// Logits after every token of one text, for comparison with the reference.
        ///
        /// - Parameter tokens: a whole text
        /// - Returns: `[tokens, vocabularySize]`
        package func logitsAfterEach(of tokens: [Int]) -> Tensor {
            var memories = [emptyMemory()]
            return decoder.head(hidden([tokens], &memories))
        }

        /// - Returns: `[all tokens, width]`, text after text
        private func hidden(_ tokens: [[Int]], _ memories: inout [Memory]) -> Tensor {
            let positions = tokens.indices.flatMap { text in
                let begin = memories[text].first?.count ?? 0
                return begin..<(begin + tokens[text].count)
            }
            var x = decoder.embeddings(tokens.flatMap { $0 }, at: positions)
            for index in decoder.layers.indices { x = step(index, x, tokens, &memories) }
            return x
        }

        private func step(
            _ index: Int, _ x: Tensor, _ tokens: [[Int]], _ memories: inout [Memory]
        ) -> Tensor {
            let layer = decoder.layers[index]
            let (k, v) = (layer.toText.keys(x), layer.toText.values(x))
            let q = layer.toText.queries(x)
            var mixed = x.values
            var begin = 0
            for text in tokens.indices {
                let rows = begin..<(begin + tokens[text].count)
                memories[text][index].append(k, v, rows: rows)
                memories[text][index].attend(q, rows: rows, seeing: .past, into: &mixed)
                begin = rows.upperBound
            }
            let read = layer.toText.output(Tensor(mixed, shape: x.shape), from: x)
            sources[index].attend(
                layer.toSource.queries(read), rows: 0..<x.rows, seeing: .all, into: &mixed)
            return layer.perceptron(
                layer.toSource.output(Tensor(mixed, shape: x.shape), from: read))
        }

        private func lastRows(_ x: Tensor, of tokens: [[Int]]) -> Tensor {
            var end = 0
            let last = tokens.flatMap { text in
                end += text.count
                return x.row(end - 1)
            }
            return Tensor(last, shape: [tokens.count, x.width])
        }
    }
}
