import Images
import Inference
import ModelStore
import Models
import Signals

/// BLIP's stages, each with what it has to do.
///
/// In the formulae d is the width of a side, m its perceptron's width, n the rows of a picture (577
/// in the base model), V the vocabulary.
struct BlipStages {
    private let name: String
    private let parts: BlipParts
    private let weights: Weights
    private let seeing: VisionStages
    private let precision: Precision
    private let bytes: [UInt8]
    private let runs: Int
    private let limits: MachineLimits

    init(
        _ folder: String, _ precision: Precision, _ picture: String, runs: Int,
        beside limits: MachineLimits
    ) throws {
        name = folder.split(separator: "/").last.map(String.init) ?? folder
        parts = try BlipParts(ModelFolder(path: folder, name: name), precision)
        weights = try Checkpoint(folder: folder).weights
        seeing = VisionStages(
            sizes: parts.config.vision, weights: weights.at("vision_model"), products: .blip,
            precision: precision, runs: runs, limits: limits)
        bytes = try MappedFile.bytes(of: picture)
        self.precision = precision
        self.runs = runs
        self.limits = limits
    }

    private var vision: VisionSizes { parts.config.vision }
    private var text: Blip.Config.Text { parts.config.text }

    /// Measures one stage after the other.
    ///
    /// - Parameter report: takes each stage as soon as it is measured
    /// - Throws: `ImageError` where the picture is none, `WeightsError` where a layer is missing.
    func forEach(_ report: (Stage) -> Void) throws {
        func stage(_ row: Row, _ work: Work) { report(Stage(model: name, row: row, work: work)) }
        let needed = DecodingLimits(shorterSide: vision.imageSide)
        let pixels = parts.pixels(try decodeImage(bytes, limits: needed))
        let seen = parts.see(pixels)

        try seeing.forEach(bytes, parts.pixels, seen, stage)
        stage(
            measured("encoder, patches included", runs: runs, beside: limits) {
                _ = parts.see(pixels)
            },
            seeing.patchWork + vision.layers.count * seeing.layerWork)
        stage(
            measured("cross keys and values", runs: runs, beside: limits) {
                _ = parts.write.looking(at: seen)
            },
            text.layerCount * crossWork)
        stage(token(seen), tokenWork)
        stage(try vocabulary(), vocabularyWork)
    }
}

// MARK: What is timed

extension BlipStages {
    private func token(_ seen: Tensor) -> Row {
        let decoder = parts.write.looking(at: seen)
        var memories = [decoder.emptyMemory()]
        return measured("token", runs: BlipStages.tokenCount, beside: limits) {
            _ = decoder.logits(after: [[text.startToken]], memories: &memories)
        }
    }

    private static let tokenCount = 20

    private func vocabulary() throws -> Row {
        let table = try weights.at("text_decoder.bert.embeddings.word_embeddings").stored(
            "weight", shape: [text.vocabularySize, text.width])
        let words = Linear(try Matrix(table, precision: precision), bias: nil)
        let x = Tensor((0..<text.width).map { Float($0 % 7) - 3 }, shape: [1, text.width])
        return measured("vocabulary", runs: 2 * runs, beside: limits, after: limits.emptyCaches) {
            _ = words(x)
        }
    }
}

// MARK: What it has to do

extension BlipStages {
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
