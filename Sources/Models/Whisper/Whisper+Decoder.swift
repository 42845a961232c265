import Inference

extension Whisper {
    /// Writes while it listens: each token sees those before it and all of the window.
    ///
    /// Source: `modeling_whisper.py`, classes `WhisperDecoder` and `WhisperForConditionalGeneration`.
    package struct Decoder: Sendable {
        private let tokens: Embedding
        private let positions: Embedding
        let layers: [DecoderLayer]
        private let finalNorm: LayerNorm
        private let words: Linear
        let config: Config
        private let precision: Precision

        /// - Parameters:
        ///   - weights: the whole model's, where `model.decoder` is
        ///   - config: the model's
        ///   - precision: what products are computed in
        /// - Throws: `WeightsError` where a tensor is missing or misshapen.
        package init(
            _ weights: Weights, _ config: Config, _ precision: Precision
        ) throws(WeightsError) {
            let decoder = weights.at("model.decoder")
            let shape = [config.vocabularySize, config.width]
            tokens = try Embedding(
                decoder.at("embed_tokens"), count: config.vocabularySize, width: config.width)
            positions = try Embedding(
                decoder.at("embed_positions"), count: config.textPositions, width: config.width)
            layers = try (0..<config.decoder.layerCount).map { i throws(WeightsError) in
                try DecoderLayer(decoder.at("layers").at(i), config, precision)
            }
            finalNorm = try LayerNorm(
                decoder.at("layer_norm"), width: config.width, epsilon: config.epsilon)
            // Tied to the tokens' own matrix; a file may hold a copy.
            let matrix =
                weights.has("proj_out.weight")
                ? try weights.stored("proj_out.weight", shape: shape)
                : try decoder.stored("embed_tokens.weight", shape: shape)
            words = Linear(try Matrix(matrix, precision: precision), bias: nil)
            self.config = config
            self.precision = precision
        }

        /// Keys and values of one text, and of the window that it is heard in.
        package struct Memory: Sendable {
            /// Per layer, of the text so far.
            var text: [KeyValueCache]
            /// Per layer, of the sound.
            let sound: [KeyValueCache]

            /// Tokens seen so far.
            package var count: Int { text.first?.count ?? 0 }
        }

        /// The memory of a text that has not begun.
        ///
        /// - Parameter rows: `[soundPositions, width]`, what the encoder made of the window
        /// - Returns: a memory that may be copied, for several texts of one window
        package func memory(hearing rows: Tensor) -> Memory {
            let text = KeyValueCache(
                of: .text, heads: config.decoder.headCount, width: config.width,
                precision: precision)
            let heard = SharedRows(
                rows, for: layers.flatMap { [$0.toSound.keys, $0.toSound.values] })
            let sound = layers.map { layer in
                var cache = KeyValueCache(
                    of: .source, heads: config.decoder.headCount, width: config.width,
                    precision: precision, capacity: rows.rows)
                cache.append(
                    heard.through(layer.toSound.keys), heard.through(layer.toSound.values),
                    rows: 0..<rows.rows)
                return cache
            }
            return Memory(text: layers.map { _ in text }, sound: sound)
        }

        /// Takes the next tokens of several texts.
        ///
        /// - Parameters:
        ///   - tokens: one array per text, at least one token in each
        ///   - memories: one per text, brought up to date; they may be of several windows
        /// - Returns: `[texts, vocabularySize]`, the logits after each text's last token
        package func logits(after tokens: [[Int]], memories: inout [Memory]) -> Tensor {
            let x = hidden(tokens, &memories)
            var end = 0
            let last = tokens.flatMap { text in
                end += text.count
                return x.row(end - 1)
            }
            return logits(of: Tensor(last, shape: [tokens.count, x.width]))
        }

        /// Takes the next tokens of one text and weighs what follows each.
        ///
        /// - Parameters:
        ///   - tokens: the next of the text
        ///   - memory: brought up to date
        /// - Returns: `[tokens, vocabularySize]`
        package func logitsAfterEach(of tokens: [Int], memory: inout Memory) -> Tensor {
            var memories = [memory]
            let x = hidden([tokens], &memories)
            memory = memories[0]
            return logits(of: x)
        }

        /// - Returns: `[all tokens, width]`, text after text
        private func hidden(_ tokens: [[Int]], _ memories: inout [Memory]) -> Tensor {
            var x = embedded(tokens, memories)
            for index in layers.indices { x = layers[index](x, index, tokens, &memories) }
            return x
        }

        /// - Returns: `[all tokens, width]`, what goes into the first layer
        func embedded(_ tokens: [[Int]], _ memories: [Memory]) -> Tensor {
            let places = tokens.indices.flatMap { text in
                let begin = memories[text].count
                return begin..<(begin + tokens[text].count)
            }
            return self.tokens(tokens.flatMap { $0 }) + positions(places)
        }

        /// - Parameter x: `[n, width]`, what comes out of the last layer
        /// - Returns: `[n, vocabularySize]`
        func logits(of x: Tensor) -> Tensor { words(finalNorm(x)) }
    }

    /// Attention to the text, attention to the sound, and a two-layer perceptron.
    ///
    /// Source: `modeling_whisper.py`, class `WhisperDecoderLayer`.
    struct DecoderLayer: Sendable {
        private let textNorm: LayerNorm
        private let toText: Projections
        private let soundNorm: LayerNorm
        let toSound: Projections
        private let perceptron: Perceptron

        init(_ weights: Weights, _ config: Config, _ precision: Precision) throws(WeightsError) {
            textNorm = try LayerNorm(
                weights.at("self_attn_layer_norm"), width: config.width, epsilon: config.epsilon)
            toText = try Projections(
                weights.at("self_attn"), width: config.width, precision, sources: precision)
            soundNorm = try LayerNorm(
                weights.at("encoder_attn_layer_norm"), width: config.width,
                epsilon: config.epsilon)
            toSound = try Projections(
                weights.at("encoder_attn"), width: config.width, precision,
                sources: precision.forManyRows)
            perceptron = try Perceptron(
                weights, config, mlpWidth: config.decoder.mlpWidth, precision)
        }

        /// - Parameters:
        ///   - x: `[all tokens, width]`
        ///   - index: of this layer
        ///   - tokens: which rows belong to which text
        ///   - memories: one per text
        /// - Returns: `[all tokens, width]`
        func callAsFunction(
            _ x: Tensor, _ index: Int, _ tokens: [[Int]], _ memories: inout [Decoder.Memory]
        ) -> Tensor {
            let read = reading(x, index, tokens, &memories)
            return hearing(read, questions(read), index, tokens, memories)
        }

        /// The attention to the text; parameters as above.
        ///
        /// - Returns: `[all tokens, width]`
        func reading(
            _ x: Tensor, _ index: Int, _ tokens: [[Int]], _ memories: inout [Decoder.Memory]
        ) -> Tensor {
            let normed = textNorm(x)
            let (k, v) = (toText.keys(normed), toText.values(normed))
            let q = toText.queries(normed)
            var mixed = x.values
            var begin = 0
            for text in tokens.indices {
                let rows = begin..<(begin + tokens[text].count)
                memories[text].text[index].append(k, v, rows: rows)
                memories[text].text[index].attend(q, rows: rows, seeing: .past, into: &mixed)
                begin = rows.upperBound
            }
            return toText.output(Tensor(mixed, shape: x.shape), adding: x)
        }

        /// What the tokens ask of the sound.
        ///
        /// - Parameter read: `[all tokens, width]`, what `reading` made
        /// - Returns: `[all tokens, width]`
        func questions(_ read: Tensor) -> Tensor { toSound.queries(soundNorm(read)) }

        /// The attention to the sound, and the perceptron.
        ///
        /// - Parameters:
        ///   - read: `[all tokens, width]`, what `reading` made
        ///   - asked: `[all tokens, width]`, what `questions` made of it
        ///   - index: of this layer
        ///   - tokens: which rows belong to which text
        ///   - memories: one per text
        /// - Returns: `[all tokens, width]`
        func hearing(
            _ read: Tensor, _ asked: Tensor, _ index: Int, _ tokens: [[Int]],
            _ memories: [Decoder.Memory]
        ) -> Tensor {
            var mixed = read.values
            var begin = 0
            for text in tokens.indices {
                let rows = begin..<(begin + tokens[text].count)
                memories[text].sound[index].attend(asked, rows: rows, seeing: .all, into: &mixed)
                begin = rows.upperBound
            }
            return perceptron(toSound.output(Tensor(mixed, shape: read.shape), adding: read))
        }
    }
}
