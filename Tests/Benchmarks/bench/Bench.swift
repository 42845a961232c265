import ArgumentParser

/// Times the parts of the toolkit; rows go to stdout as TSV.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Time the parts of Curbcut.",
        discussion: "Example: bench blip --model FOLDER --picture photo.jpg",
        subcommands: [
            BlipBench.self, BlipAccuracy.self, ClipBench.self, ClipAccuracy.self,
            WhisperBench.self, WhisperAccuracy.self, StartBench.self, TokenizerBench.self,
            Roofline.self,
        ])
}
