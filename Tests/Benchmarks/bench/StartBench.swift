import ArgumentParser
import Glibc
import Inference
import ModelStore
import Models
import Signals

/// From nothing to a model that computes.
struct StartBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Time a model's loading and its first encoding, once; startup.py repeats it.")

    @Option(help: "The checkpoint's folder, Whisper's or BLIP's.") var model: String
    @Flag(help: "Keep packed weights beside the model, and use what is kept.") var kept = false
    @Option(help: "Threads.") var threads = 2
    @Option(help: "When the process was started, in milliseconds of CLOCK_MONOTONIC.")
    var since: Double?

    func run() throws {
        useThreads(threads)
        let begin = now()
        let folder = ModelFolder(
            path: model, name: "model", keptStems: kept ? [model + "/model"] : [])
        let encode = try encoder(folder)
        let loaded = now()
        try encode()
        let first = now()
        try encode()
        let second = now()
        print("started\t\(begin - (since ?? begin))")
        print("loaded\t\(loaded - begin)")
        print("first encoding\t\(first - loaded)")
        print("second encoding\t\(second - first)")
        print("peak megabytes\t\(peakMegabytes())")
    }

    private func encoder(_ folder: ModelFolder) throws -> () throws -> Void {
        let config = try Configuration(file: folder.path + "/config.json")
        if try config.text("model_type") == "whisper" {
            let parts = try Whisper.Parts(folder, .int8)
            let mel = parts.logMel([Float](repeating: 0.1, count: 16_000))
            return { _ = parts.encoder(mel) }
        }
        let describer = try Catalogue.imageDescriber(
            in: folder, precision: .int8, beams: 1, maximumTokens: 1)
        let side = describer.imageSide
        let image = Image(
            width: side, height: side,
            pixels: [UInt8](repeating: 90, count: 3 * side * side))
        return { _ = try describer.describe(image, prefix: nil) }
    }
}
