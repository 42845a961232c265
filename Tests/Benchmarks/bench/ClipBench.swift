import ArgumentParser
import Images
import Inference
import ModelStore
import Models
import Signals

/// Every stage from a picture's bytes to its direction.
struct ClipBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clip", abstract: "Time the vision side of a CLIP checkpoint.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "A JPEG, PNG or WebP file.") var picture: String
    @Option(help: "int8 or f32.") var precision = "int8"
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Timed runs of each stage.") var runs = 20
    @Flag(help: "Keep packed weights beside the model, and use what is kept.") var kept = false

    func run() throws {
        guard let precision = Precision(rawValue: precision) else {
            throw ValidationError("--precision is int8 or f32")
        }
        useThreads(threads)
        let folder = ModelFolder(
            path: model, name: "clip", keptStems: kept ? [model + "/model"] : [])
        let begin = now()
        let parts = try ClipParts(folder, precision)
        let load = Row(name: "load", runs: [now() - begin])
        let bytes = try MappedFile.bytes(of: picture)
        let pixels = try parts.pixels(bytes)

        print(Row.heading)
        print(load.line)
        print(try measured("picture to pixels", runs: runs) { _ = try parts.pixels(bytes) }.line)
        print(measured("encode", runs: runs) { _ = parts.see(pixels) }.line)
        print(
            try measured("picture to direction", runs: runs) {
                _ = parts.see(try parts.pixels(bytes))
            }.line)
        print("peak megabytes\t\t\(Int(peakMegabytes()))\t\t")
    }
}

/// How far 8 bits are from full precision.
struct ClipAccuracy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clip-accuracy", abstract: "Compare 8 bits with full precision on one picture."
    )

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "A JPEG, PNG or WebP file.") var picture: String

    func run() throws {
        let folder = ModelFolder(path: model, name: "clip")
        let exact = try ClipParts(folder, .f32)
        let pixels = try exact.pixels(MappedFile.bytes(of: picture))
        print("what\tcosine\tlargest difference")
        report("direction", try ClipParts(folder, .int8).see(pixels), exact.see(pixels))
    }
}

/// A checkpoint's parts that pictures need, one by one.
struct ClipParts {
    let config: Clip.Config
    private let preprocess: ImagePreprocessor
    let see: Clip.VisionEncoder

    init(_ folder: ModelFolder, _ precision: Precision) throws {
        let checkpoint = try Checkpoint(
            folder: folder.path, keptAt: PreparedPlaces(folder.keptStems, precision))
        config = try Clip.Config(Configuration(file: folder.path + "/config.json"))
        preprocess = try ImagePreprocessor(folder: folder.path)
        see = try Clip.VisionEncoder(checkpoint.weights, config, precision)
        try checkpoint.finish(ignoring: Clip.Embedder.unread)
    }

    func pixels(_ bytes: [UInt8]) throws -> Tensor {
        prepare(
            try decodeImage(bytes, limits: DecodingLimits(shorterSide: config.vision.imageSide)))
    }

    func prepare(_ image: Image) -> Tensor { preprocess.pixels(image) }
}
