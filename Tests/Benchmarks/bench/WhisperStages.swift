import Inference
import ModelStore
import Models

/// Whisper's stages, each with what it has to do.
///
/// In the formulae d is the width, m the perceptron's width, n the rows of the window (1,500), L the
/// layers of a side, V the vocabulary.
struct WhisperStages {
    private let name: String
    private let parts: WhisperParts
    private let weights: Weights
    private let precision: Precision
    private let runs: Int
    private let limits: MachineLimits

    init(_ folder: String, _ precision: Precision, runs: Int, beside limits: MachineLimits) throws {
        name = folder.split(separator: "/").last.map(String.init) ?? folder
        parts = try WhisperParts(folder, precision)
        weights = try Checkpoint(folder: folder).weights
        self.precision = precision
        self.runs = runs
        self.limits = limits
    }

    private var config: Whisper.Config { parts.config }
    private var width: Int { config.width }
    private var rows: Int { config.soundPositions }

    /// Measures one stage after the other.
    ///
    /// - Parameter report: takes each stage as soon as it is measured
    /// - Throws: `WeightsError` where a layer is missing.
    func forEach(_ report: (Stage) -> Void) throws {
        func stage(_ row: Row, _ work: Work) { report(Stage(model: name, row: row, work: work)) }
        let samples = try halfAMinute(of: nil)
        let mel = parts.listen(samples)
        let heard = parts.hear(mel)

        stage(measured("mel", runs: runs, beside: limits) { _ = parts.listen(samples) }, melWork)
        stage(try convolutions(mel), convolutionWork)
        let layers = config.encoder.layerCount
        stage(try linears(heard).times(layers), layers * encoderLinearWork)
        stage(attention(heard).times(layers), layers * encoderAttentionWork)
        stage(
            measured("encoder, convolutions included", runs: runs, beside: limits) {
                _ = parts.hear(mel)
            },
            convolutionWork + layers * (encoderLinearWork + encoderAttentionWork))
        stage(
            measured("cross keys and values", runs: runs, beside: limits) {
                _ = parts.write.memory(hearing: heard)
            },
            config.decoder.layerCount * crossWork)
        stage(token(heard), tokenWork)
        stage(try vocabulary(), vocabularyWork)
    }
}

// MARK: What is timed

extension WhisperStages {
    private func convolutions(_ mel: Tensor) throws(WeightsError) -> Row {
        let encoder = weights.at("model.encoder")
        let first = try Convolution1D(
            encoder.at("conv1"), inputs: config.melCount, outputs: width, step: 1,
            precision: precision)
        let second = try Convolution1D(
            encoder.at("conv2"), inputs: width, outputs: width, step: 2, precision: precision)
        return measured("convolutions", runs: runs, beside: limits) {
            _ = second(first(mel, activation: .gelu), activation: .gelu)
        }
    }

    /// The first layer's products, apart from norms and attention.
    private func linears(_ x: Tensor) throws(WeightsError) -> Row {
        let layer = weights.at("model.encoder.layers.0")
        let (attention, wide) = (layer.at("self_attn"), config.encoder.mlpWidth)
        func linear(
            _ weights: Weights, _ inputs: Int, _ outputs: Int, bias: Bool = true
        ) throws(WeightsError) -> Linear {
            try Linear(
                weights, inputs: inputs, outputs: outputs, bias: bias, precision: precision)
        }
        let queries = try linear(attention.at("q_proj"), width, width)
        let keys = try linear(attention.at("k_proj"), width, width, bias: false)
        let values = try linear(attention.at("v_proj"), width, width)
        let output = try linear(attention.at("out_proj"), width, width)
        let widen = try linear(layer.at("fc1"), width, wide)
        let narrow = try linear(layer.at("fc2"), wide, width)
        return measured("encoder, linear layers", runs: runs, beside: limits) {
            (_, _, _) = (queries(x), keys(x), values(x))
            let attended = output(x, adding: x)
            _ = narrow(widen(attended, activation: config.activation), adding: attended)
        }
    }

    private func attention(_ x: Tensor) -> Row {
        let attention = Attention(
            heads: config.encoder.headCount, width: width, precision: precision)
        return measured("encoder, attention", runs: runs, beside: limits) { _ = attention(x, x, x) }
    }

    private func token(_ heard: Tensor) -> Row {
        var memories = [parts.write.memory(hearing: heard)]
        let (prompt, rest) = parts.words(WhisperStages.tokenCount + 2)
        _ = parts.write.logits(after: [prompt], memories: &memories)
        var words = rest.makeIterator()
        return measured("token", runs: WhisperStages.tokenCount, beside: limits) {
            _ = parts.write.logits(after: [[words.next() ?? 0]], memories: &memories)
        }
    }

    private static let tokenCount = 32

    private func vocabulary() throws -> Row {
        let table = try weights.at("model.decoder.embed_tokens").stored(
            "weight", shape: [config.vocabularySize, width])
        let words = Linear(try Matrix(table, precision: precision), bias: nil)
        let x = Tensor((0..<width).map { Float($0 % 7) - 3 }, shape: [1, width])
        return measured("vocabulary", runs: 2 * runs, beside: limits, after: limits.emptyCaches) {
            _ = words(x)
        }
    }
}

// MARK: What it has to do

extension WhisperStages {
    /// 2n frames: a real Fourier transform of 400 points (5/2 · 400 · log2 400 operations), the
    /// power of its 201 bins (3 each), and two mel filters at each bin (4); the sound is read and
    /// the frames are written, in 4 bytes a number.
    private var melWork: Work {
        let frames = Double(2 * rows)
        let transform = 2.5 * 400 * 8.644
        return Work(
            other: frames * (transform + 7 * 201),
            bytes: 4 * frames * Double(160 + config.melCount))
    }

    /// Three frames of all channels for each of 2n rows, then for each of n.
    private var convolutionWork: Work {
        .linear(rows: 2 * rows, 3 * config.melCount, width, precision.weightBytes)
            + .linear(rows: rows, 3 * width, width, precision.weightBytes)
    }

    /// Of a layer: 4 matrices d · d and 2 of d · m, n rows.
    private var encoderLinearWork: Work {
        4 * .linear(rows: rows, width, width, precision.weightBytes)
            + 2 * .linear(rows: rows, width, config.encoder.mlpWidth, precision.weightBytes)
    }

    /// Of a layer: n rows look at n keys.
    private var encoderAttentionWork: Work {
        .attention(rows: rows, keys: rows, width: width, precision.keyBytes)
    }

    /// Of a layer: 2 matrices d · d, n rows; the products are kept.
    private var crossWork: Work {
        2 * .linear(rows: rows, width, width, precision.weightBytes)
            + Work(bytes: 2 * Double(rows * width) * precision.sourceKeyBytes)
    }

    /// Of each layer: 6 matrices d · d (the two that the sound went through are done) and 2 of d · m,
    /// the keys and values of the sound and of the text; then the vocabulary.
    private var tokenWork: Work {
        let bytes = precision.writingWeightBytes
        let layer =
            6 * .linear(rows: 1, width, width, bytes)
            + 2 * .linear(rows: 1, width, config.decoder.mlpWidth, bytes)
            + .attention(rows: 1, keys: rows, width: width, precision.sourceKeyBytes)
            // The prompt's 4 tokens and half of the others, on average.
            + .attention(
                rows: 1, keys: 4 + WhisperStages.tokenCount / 2, width: width, precision.keyBytes)
        return config.decoder.layerCount * layer + vocabularyWork
    }

    /// One matrix d · V.
    private var vocabularyWork: Work {
        .linear(rows: 1, width, config.vocabularySize, precision.writingWeightBytes)
    }
}
