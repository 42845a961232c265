import ArgumentParser
import Inference
import Models

/// Every stage from log-mel frames to a text of a fixed length.
struct WhisperBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whisper", abstract: "Time a Whisper checkpoint stage by stage.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "int8 or f32.") var precision = "int8"
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Tokens of a window's text, whatever they are.") var tokens = 64
    @Option(help: "Timed repeats of each stage.") var repeats = 5

    func validate() throws {
        guard repeats > 0, tokens > 0 else {
            throw ValidationError("--repeats and --tokens are 1 or more")
        }
    }

    func run() throws {
        guard let precision = Precision(rawValue: precision) else {
            throw ValidationError("--precision is int8 or f32")
        }
        useThreads(threads)
        let parts = try WhisperParts(model, precision)
        let mel = parts.noise()
        let rows = parts.hear(mel)
        let memory = parts.write.memory(hearing: rows)

        print(Row.heading)
        for row in parts.loading { print(row.line) }
        print(measured("encode", runs: repeats) { _ = parts.hear(mel) }.line)
        print(
            measured("cross keys", runs: repeats) { _ = parts.write.memory(hearing: rows) }.line)
        let text = measured("text", runs: repeats) { parts.text(of: tokens, memory) }
        print(text.line)
        print(Row(name: "token", runs: text.runs.map { $0 / Double(tokens) }).line)
        print(
            measured("window", runs: repeats) {
                parts.text(of: tokens, parts.write.memory(hearing: parts.hear(mel)))
            }.line)
        print("peak megabytes\t\t\(Int(peakMegabytes()))\t\t")
    }
}

/// How far 8 bits are from full precision.
struct WhisperAccuracy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whisper-accuracy",
        abstract: "Compare 8 bits with full precision on one window.")

    @Option(help: "The checkpoint's folder.") var model: String

    func run() throws {
        let exact = try WhisperParts(model, .f32)
        let rough = try WhisperParts(model, .int8)
        let mel = exact.noise()
        let rows = exact.hear(mel)
        print("what\tcosine\tlargest difference")
        report("encoder output", rough.hear(mel), rows)
        report("logits after the same rows", rough.logits(rows), exact.logits(rows))
        report("logits of the whole", rough.logits(rough.hear(mel)), exact.logits(rows))
    }
}

/// A Whisper checkpoint's stages.
private struct WhisperParts {
    let config: Whisper.Config
    let hear: Whisper.Encoder
    let write: Whisper.Decoder
    let tokenizer: Tokenizer
    /// What the parts took to load, and all of them.
    let loading: [Row]

    init(_ folder: String, _ precision: Precision) throws {
        let begin = now()
        let checkpoint = try Checkpoint(folder: folder)
        config = try Whisper.Config(Configuration(file: folder + "/config.json"))
        let opened = now()
        hear = try Whisper.Encoder(checkpoint.weights.at("model.encoder"), config, precision)
        let encoder = now()
        write = try Whisper.Decoder(checkpoint.weights, config, precision)
        let decoder = now()
        tokenizer = try Tokenizer(folder: folder)
        let end = now()
        loading = [
            ("load header", opened - begin), ("load encoder", encoder - opened),
            ("load decoder", decoder - encoder), ("load tokenizer", end - decoder),
            ("load", end - begin),
        ].map { Row(name: $0.0, runs: [$0.1]) }
    }

    /// Log-mel frames of no sound in particular, within the range that real ones have.
    func noise() -> Tensor {
        var state: UInt32 = 1
        let values = (0..<(2 * config.soundPositions * config.melCount)).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(state >> 8) / 16_777_216 * 2 - 1
        }
        return Tensor(values, shape: [2 * config.soundPositions, config.melCount])
    }

    /// Start, language, task, no times; then words that nobody chose.
    private func words(_ count: Int) -> (prompt: [Int], rest: [Int]) {
        ([50_258, 50_259, 50_359, 50_363], (1..<count).map { 1_000 + 37 * $0 })
    }

    /// The prompt and all words but the last: what a text of `count` words takes.
    func text(of count: Int, _ memory: Whisper.Decoder.Memory) {
        var memories = [memory]
        let (prompt, rest) = words(count)
        _ = write.logits(after: [prompt], memories: &memories)
        for word in rest { _ = write.logits(after: [[word]], memories: &memories) }
    }

    /// Logits after each of 20 words.
    func logits(_ rows: Tensor) -> Tensor {
        var memory = write.memory(hearing: rows)
        let (prompt, rest) = words(20)
        return write.logitsAfterEach(of: prompt + rest, memory: &memory)
    }
}
