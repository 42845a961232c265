import ArgumentParser
import Inference

/// Reading a tokenizer's files.
struct TokenizerBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenizer", abstract: "Time the loading of a tokenizer.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "Timed runs.") var runs = 7

    func run() throws {
        print(Row.heading)
        print(
            try measured("load tokenizer", runs: max(1, runs)) { _ = try Tokenizer(folder: model) }
                .line)
    }
}
