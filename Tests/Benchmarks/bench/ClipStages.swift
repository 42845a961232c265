import Inference
import ModelStore
import Models

/// CLIP's stages from a picture to its direction, each with what it has to do.
struct ClipStages {
    private let name: String
    private let parts: ClipParts
    private let stages: VisionStages
    private let bytes: [UInt8]

    init(
        _ folder: String, _ precision: Precision, _ picture: String, runs: Int,
        beside limits: MachineLimits
    ) throws {
        name = folder.split(separator: "/").last.map(String.init) ?? folder
        parts = try ClipParts(ModelFolder(path: folder, name: name), precision)
        stages = VisionStages(
            sizes: parts.config.vision,
            weights: try Checkpoint(folder: folder).weights.at("vision_model"),
            products: .clip, precision: precision, runs: runs, limits: limits)
        bytes = try MappedFile.bytes(of: picture)
    }

    /// Measures one stage after the other.
    ///
    /// - Parameter report: takes each stage as soon as it is measured
    /// - Throws: `ImageError` where the picture is none, `WeightsError` where a layer is missing.
    func forEach(_ report: (Stage) -> Void) throws {
        let pixels = try parts.pixels(bytes)
        let seen = parts.see.stages(pixels)[0]
        try stages.forEach(bytes, parts.prepare, seen) { row, work in
            report(Stage(model: name, row: row, work: work))
        }
        let row = measured("encoder, patches included", runs: stages.runs, beside: stages.limits) {
            _ = parts.see(pixels)
        }
        report(Stage(model: name, row: row, work: encoderWork))
    }

    /// Patches, all layers and the projection; of the last layer only the class token's row goes on, and
    /// of the other rows it takes keys and values alone.
    private var encoderWork: Work {
        let (sizes, precision) = (parts.config.vision, stages.precision)
        let width = sizes.width
        func linear(_ rows: Int, to outputs: Int) -> Work {
            .linear(rows: rows, width, outputs, precision.weightBytes)
        }
        let last =
            2 * linear(sizes.positionCount, to: width) + 2 * linear(1, to: width)
            + 2 * linear(1, to: sizes.layers.mlpWidth)
            + .attention(
                rows: 1, keys: sizes.positionCount, width: width, precision.keyBytes)
        return stages.patchWork + (sizes.layers.count - 1) * stages.layerWork + last
            + linear(1, to: parts.config.embeddingWidth)
    }
}
