import Images
import Inference
import Models
import Signals

/// From a picture's bytes to the rows of a vision transformer: the stages that models share, each with
/// what it has to do.
///
/// In the formulae d is the width, m the perceptron's width, n the rows of a picture (577 in BLIP's base
/// model, 50 in CLIP's).
struct VisionStages {
    let sizes: VisionSizes
    /// Where `embeddings` and `encoder` are.
    let weights: Weights
    let products: Products
    let precision: Precision
    let runs: Int
    let limits: MachineLimits

    /// How a model names the products of an attention, and what else differs.
    struct Products {
        let first: [String]
        let last: String
        let patchBias: Bool

        static let blip = Products(
            first: ["self_attn.qkv"], last: "self_attn.projection", patchBias: true)
        static let clip = Products(
            first: ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"],
            last: "self_attn.out_proj", patchBias: false)
    }

    /// Measures one stage after the other, the encoder as a whole left out.
    ///
    /// - Parameters:
    ///   - bytes: a picture's
    ///   - prepare: makes pixels of it
    ///   - seen: rows as a layer takes them, `[n, d]`
    ///   - report: takes each stage as soon as it is measured
    /// - Throws: `ImageError` where the picture is none, `WeightsError` where a layer is missing.
    func forEach(
        _ bytes: [UInt8], _ prepare: (Image) -> Tensor, _ seen: Tensor,
        _ report: (Row, Work) -> Void
    ) throws {
        let needed = DecodingLimits(shorterSide: sizes.imageSide)
        let image = try decodeImage(bytes, limits: needed)
        report(
            try measured("picture decode", runs: runs, beside: limits) {
                _ = try decodeImage(bytes, limits: needed)
            },
            Work(bytes: Double(bytes.count + image.pixels.count)))
        report(
            measured("resize", runs: runs, beside: limits) { _ = prepare(image) }, resizeWork(image)
        )
        report(try patches(prepare(image)), patchWork)
        let layers = sizes.layers.count
        report(try linears(seen).times(layers), layers * linearWork)
        report(attention(seen).times(layers), layers * attentionWork)
    }

    /// Of one of the layers.
    var layerWork: Work { linearWork + attentionWork }
}

// MARK: What is timed

extension VisionStages {
    private func patches(_ pixels: Tensor) throws(WeightsError) -> Row {
        let embed = try PatchEmbedding(
            weights.at("embeddings.patch_embedding"), side: sizes.patchSide, width: sizes.width,
            bias: products.patchBias, precision: precision)
        return measured("patches", runs: runs, beside: limits) { _ = embed(pixels) }
    }

    /// The first layer's products, apart from norms and attention.
    private func linears(_ x: Tensor) throws(WeightsError) -> Row {
        let layer = weights.at("encoder.layers.0")
        let (width, wide) = (sizes.width, sizes.layers.mlpWidth)
        func linear(
            _ name: String, _ inputs: Int, _ outputs: Int
        ) throws(WeightsError) -> Linear {
            try Linear(layer.at(name), inputs: inputs, outputs: outputs, precision: precision)
        }
        let first = try products.first.map { name throws(WeightsError) in
            try linear(name, width, 3 * width / products.first.count)
        }
        let last = try linear(products.last, width, width)
        let widen = try linear("mlp.fc1", width, wide)
        let narrow = try linear("mlp.fc2", wide, width)
        return measured("encoder, linear layers", runs: runs, beside: limits) {
            for linear in first { _ = linear(x) }
            let attended = last(x, adding: x)
            _ = narrow(widen(attended, activation: sizes.layers.activation), adding: attended)
        }
    }

    private func attention(_ x: Tensor) -> Row {
        let attention = Attention(
            heads: sizes.layers.headCount, width: sizes.width, precision: precision)
        return measured("encoder, attention", runs: runs, beside: limits) { _ = attention(x, x, x) }
    }
}

// MARK: What it has to do

extension VisionStages {
    /// Cubic weights in three channels: rows become as short as the result's, then columns.
    ///
    /// They reach over four pixels, or four times as many as there are for one of the result. The
    /// picture is read, and 4 bytes are written for each number of the result.
    private func resizeWork(_ image: Image) -> Work {
        let side = Double(sizes.imageSide)
        let (width, height) = (Double(image.width), Double(image.height))
        let across = 4 * max(1, width / side)
        let down = 4 * max(1, height / side)
        return Work(
            other: 2 * 3 * (side * height * across + side * side * down),
            bytes: Double(image.pixels.count) + 4 * 3 * side * side)
    }

    /// A square's pixels times a matrix, for each of n - 1 squares.
    var patchWork: Work {
        .linear(
            rows: sizes.positionCount - 1, 3 * sizes.patchSide * sizes.patchSide, sizes.width,
            precision.weightBytes)
    }

    /// Of a layer: 4 matrices d · d and 2 of d · m, n rows.
    private var linearWork: Work {
        let (rows, width) = (sizes.positionCount, sizes.width)
        return 4 * .linear(rows: rows, width, width, precision.weightBytes)
            + 2 * .linear(rows: rows, width, sizes.layers.mlpWidth, precision.weightBytes)
    }

    /// Of a layer: n rows look at n keys.
    private var attentionWork: Work {
        let rows = sizes.positionCount
        return .attention(rows: rows, keys: rows, width: sizes.width, precision.keyBytes)
    }
}
