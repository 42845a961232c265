import Inference
import ModelStore
import Models
import Signals

/// A checkpoint's parts, one by one.
struct BlipParts {
    let config: Blip.Config
    let preprocess: ImagePreprocessor
    let see: Blip.VisionEncoder
    let write: Blip.TextDecoder

    init(_ folder: ModelFolder, _ precision: Precision) throws {
        let checkpoint = try Checkpoint(
            folder: folder.path, keptAt: PreparedPlaces(folder.keptStems, precision))
        config = try Blip.Config(Configuration(file: folder.path + "/config.json"))
        preprocess = try ImagePreprocessor(folder: folder.path)
        see = try Blip.VisionEncoder(
            checkpoint.weights.at("vision_model"), config.vision, precision)
        write = try Blip.TextDecoder(
            checkpoint.weights.at("text_decoder"), sourceWidth: config.vision.width, config.text,
            precision)
        try checkpoint.finish(ignoring: ["position_ids"])
    }

    func pixels(_ image: Image) -> Tensor {
        preprocess.pixels(image)
    }

    /// Greedy, and always of that many tokens.
    func caption(_ pixels: Tensor, tokens: Int) -> [Int] {
        let options = GenerationOptions(maximumLength: tokens + 1, endToken: -1)
        return generate(
            with: write.looking(at: see(pixels)), after: [config.text.startToken], options
        ).tokens
    }
}
