import ArgumentParser
import Images
import Inference
import ModelStore
import Models
import Signals

/// Every stage from a picture's bytes to a caption of twenty tokens.
struct BlipBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blip", abstract: "Time a BLIP checkpoint stage by stage.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "A JPEG, PNG or WebP file.") var picture: String
    @Option(help: "int8, int4 or f32.") var precision = "int8"
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Timed runs of each stage.") var runs = 7
    @Flag(help: "Keep packed weights beside the model, and use what is kept.") var kept = false

    func run() throws {
        guard let precision = Precision(rawValue: precision) else {
            throw ValidationError("--precision is int8, int4 or f32")
        }
        useThreads(threads)
        let folder = ModelFolder(
            path: model, name: "blip", keptStems: kept ? [model + "/model"] : [])
        let begin = now()
        let parts = try BlipParts(folder, precision)
        let load = Row(name: "load", runs: [now() - begin])
        let bytes = try MappedFile.bytes(of: picture)
        let limits = DecodingLimits(shorterSide: parts.config.vision.imageSide)
        let image = try decodeImage(bytes, limits: limits)
        let pixels = parts.pixels(image)
        let rows = parts.see(pixels)
        let decoder = parts.write.looking(at: rows)
        var memories = [decoder.emptyMemory()]

        print(Row.heading)
        print(load.line)
        print(
            try measured("picture to pixels", runs: runs) {
                _ = parts.pixels(try decodeImage(bytes, limits: limits))
            }.line)
        print(measured("encode", runs: runs) { _ = parts.see(pixels) }.line)
        print(measured("cross keys", runs: runs) { _ = parts.write.looking(at: rows) }.line)
        print(
            measured("token", runs: 20) {
                _ = decoder.logits(after: [[parts.config.text.startToken]], memories: &memories)
            }.line)
        print(
            try measured("picture to 20 tokens", runs: runs) {
                let pixels = parts.pixels(try decodeImage(bytes, limits: limits))
                _ = parts.caption(pixels, tokens: 20)
            }.line)
        print("peak megabytes\t\t\(Int(peakMegabytes()))\t\t")
    }
}

/// How far 8 bits are from full precision.
struct BlipAccuracy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blip-accuracy",
        abstract: "Compare 8 or 4 bits with full precision on one picture.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "A JPEG, PNG or WebP file.") var picture: String
    @Option(help: "int8 or int4.") var precision = "int8"

    func run() throws {
        let folder = ModelFolder(path: model, name: "blip")
        let image = try decodeImage(MappedFile.bytes(of: picture), limits: DecodingLimits())
        let exact = try BlipParts(folder, .f32)
        let rough = try BlipParts(folder, Precision(rawValue: precision) ?? .int8)
        let pixels = exact.pixels(image)
        let exactRows = exact.see(pixels)
        print("what\tcosine\tlargest difference")
        report("encoder output", rough.see(pixels), exactRows)
        let tokens = [exact.config.text.startToken] + (0..<19).map { 2_000 + 37 * $0 }
        report(
            "logits of a forced text",
            rough.write.looking(at: exactRows).logitsAfterEach(of: tokens),
            exact.write.looking(at: exactRows).logitsAfterEach(of: tokens))
    }
}
