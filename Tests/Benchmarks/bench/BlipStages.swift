import Images
import Inference
import ModelStore
import Models
import Signals

/// BLIP's stages, each with what it has to do.
///
/// In the formulae d is the width of a side, m its perceptron's width, n the rows of a picture (577
/// in the base model), L the layers of a side, V the vocabulary.
struct BlipStages {
    private let name: String
    private let parts: BlipParts
    private let weights: Weights
    private let precision: Precision
    private let bytes: [UInt8]
    private let runs: Int

    init(_ folder: String, _ precision: Precision, _ picture: String, runs: Int) throws {
        name = folder.split(separator: "/").last.map(String.init) ?? folder
        parts = try BlipParts(ModelFolder(path: folder, name: name), precision)
        weights = try Checkpoint(folder: folder).weights
        bytes = try MappedFile.bytes(of: picture)
        self.precision = precision
        self.runs = runs
    }

    private var vision: Blip.Config.Vision { parts.config.vision }
    private var text: Blip.Config.Text { parts.config.text }

    /// Measures one stage after the other.
    ///
    /// - Parameters:
    ///   - limits: empties the caches where a stage reads what would stay there
    ///   - report: takes each stage as soon as it is measured
    /// - Throws: `ImageError` where the picture is none, `WeightsError` where a layer is missing.
    func forEach(_ limits: MachineLimits, _ report: (Stage) -> Void) throws {
        func stage(_ row: Row, _ work: Work) { report(Stage(model: name, row: row, work: work)) }
        let needed = DecodingLimits(shorterSide: vision.imageSide)
        let image = try decodeImage(bytes, limits: needed)
        let pixels = parts.pixels(image)
        let seen = parts.see(pixels)

        stage(
            try measured("picture decode", runs: runs) {
                _ = try decodeImage(bytes, limits: needed)
            },
            Work(bytes: Double(bytes.count + image.pixels.count)))
        stage(measured("resize", runs: runs) { _ = parts.pixels(image) }, resizeWork(image))
        stage(try patches(pixels), patchWork)
        let layers = vision.layerCount
        stage(try linears(seen).times(layers), layers * encoderLinearWork)
        stage(attention(seen).times(layers), layers * encoderAttentionWork)
        stage(
            measured("encoder, patches included", runs: runs) { _ = parts.see(pixels) },
            patchWork + layers * (encoderLinearWork + encoderAttentionWork))
        stage(
            measured("cross keys and values", runs: runs) { _ = parts.write.looking(at: seen) },
            text.layerCount * crossWork)
        stage(token(seen), tokenWork)
        stage(try vocabulary(limits), vocabularyWork)
    }
}

// MARK: What is timed

extension BlipStages {
    private func patches(_ pixels: Tensor) throws(WeightsError) -> Row {
        let embed = try PatchEmbedding(
            weights.at("vision_model.embeddings.patch_embedding"), side: vision.patchSide,
            width: vision.width, precision: precision)
        return measured("patches", runs: runs) { _ = embed(pixels) }
    }

    /// The first layer's products, apart from norms and attention.
    private func linears(_ x: Tensor) throws(WeightsError) -> Row {
        let layer = weights.at("vision_model.encoder.layers.0")
        let (width, wide) = (vision.width, vision.mlpWidth)
        func linear(
            _ name: String, _ inputs: Int, _ outputs: Int
        ) throws(WeightsError) -> Linear {
            try Linear(layer.at(name), inputs: inputs, outputs: outputs, precision: precision)
        }
        let joined = try linear("self_attn.qkv", width, 3 * width)
        let project = try linear("self_attn.projection", width, width)
        let widen = try linear("mlp.fc1", width, wide)
        let narrow = try linear("mlp.fc2", wide, width)
        return measured("encoder, linear layers", runs: runs) {
            _ = joined(x)
            let attended = project(x, adding: x)
            _ = narrow(widen(attended, activation: vision.activation), adding: attended)
        }
    }

    private func attention(_ x: Tensor) -> Row {
        let attention = Attention(
            heads: vision.headCount, width: vision.width, precision: precision)
        return measured("encoder, attention", runs: runs) { _ = attention(x, x, x) }
    }

    private func token(_ seen: Tensor) -> Row {
        let decoder = parts.write.looking(at: seen)
        var memories = [decoder.emptyMemory()]
        return measured("token", runs: BlipStages.tokenCount) {
            _ = decoder.logits(after: [[text.startToken]], memories: &memories)
        }
    }

    private static let tokenCount = 20

    private func vocabulary(_ limits: MachineLimits) throws -> Row {
        let table = try weights.at("text_decoder.bert.embeddings.word_embeddings").stored(
            "weight", shape: [text.vocabularySize, text.width])
        let words = Linear(try Matrix(table, precision: precision), bias: nil)
        let x = Tensor((0..<text.width).map { Float($0 % 7) - 3 }, shape: [1, text.width])
        return measured("vocabulary", runs: 2 * runs, after: limits.emptyCaches) { _ = words(x) }
    }
}

// MARK: What it has to do

extension BlipStages {
    /// Cubic weights in three channels: rows become as short as the result's, then columns.
    ///
    /// They reach over four pixels, or four times as many as there are for one of the result. The
    /// picture is read, and 4 bytes are written for each number of the result.
    private func resizeWork(_ image: Image) -> Work {
        let side = Double(vision.imageSide)
        let (width, height) = (Double(image.width), Double(image.height))
        let across = 4 * max(1, width / side)
        let down = 4 * max(1, height / side)
        return Work(
            other: 2 * 3 * (side * height * across + side * side * down),
            bytes: Double(image.pixels.count) + 4 * 3 * side * side)
    }

    /// A square's pixels times a matrix, for each of n - 1 squares.
    private var patchWork: Work {
        .linear(
            rows: vision.positionCount - 1, 3 * vision.patchSide * vision.patchSide, vision.width,
            precision.weightBytes)
    }

    /// Of a layer: 4 matrices d · d and 2 of d · m, n rows.
    private var encoderLinearWork: Work {
        let (rows, width) = (vision.positionCount, vision.width)
        return 4 * .linear(rows: rows, width, width, precision.weightBytes)
            + 2 * .linear(rows: rows, width, vision.mlpWidth, precision.weightBytes)
    }

    /// Of a layer: n rows look at n keys.
    private var encoderAttentionWork: Work {
        let rows = vision.positionCount
        return .attention(rows: rows, keys: rows, width: vision.width, precision.keyBytes)
    }

    /// Of a layer: 2 matrices of both sides' widths, n rows; the products are kept.
    private var crossWork: Work {
        let rows = vision.positionCount
        return 2 * .linear(rows: rows, vision.width, text.width, precision.weightBytes)
            + Work(bytes: 2 * Double(rows * text.width) * precision.sourceKeyBytes)
    }

    /// Of each layer: 6 matrices d · d (the two that the picture went through are done) and 2 of
    /// d · m, the keys and values of the picture and of the text; a matrix d · d, the vocabulary.
    private var tokenWork: Work {
        let (width, bytes) = (text.width, precision.writingWeightBytes)
        let layer =
            6 * .linear(rows: 1, width, width, bytes)
            + 2 * .linear(rows: 1, width, text.mlpWidth, bytes)
            + .attention(
                rows: 1, keys: vision.positionCount, width: width, precision.sourceKeyBytes)
            + .attention(
                rows: 1, keys: BlipStages.tokenCount / 2, width: width, precision.keyBytes)
        return text.layerCount * layer + .linear(rows: 1, width, width, bytes) + vocabularyWork
    }

    /// One matrix d · V.
    private var vocabularyWork: Work {
        .linear(rows: 1, text.width, text.vocabularySize, precision.writingWeightBytes)
    }
}
