import ArgumentParser
import Inference
import ModelStore
import Models

/// Every stage from log-mel frames to a text of a fixed length.
struct WhisperBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whisper", abstract: "Time a Whisper checkpoint stage by stage.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "30 seconds of raw 32-bit floats at 16 kHz; without it, noise.")
    var sound: String?
    @Option(help: "int8, int4 or f32.") var precision = "int8"
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Tokens of a window's text, whatever they are.") var tokens = 64
    @Option(help: "Timed repeats of each stage.") var repeats = 5
    @Flag(help: "Keep packed weights beside the model, and use what is kept.") var kept = false

    func validate() throws {
        guard repeats > 0, tokens > 0 else {
            throw ValidationError("--repeats and --tokens are 1 or more")
        }
    }

    func run() throws {
        guard let precision = Precision(rawValue: precision) else {
            throw ValidationError("--precision is int8, int4 or f32")
        }
        useThreads(threads)
        let begin = now()
        let parts = try WhisperParts(model, precision, kept: kept)
        let load = Row(name: "load", runs: [now() - begin])
        let samples = try sound.map(samples) ?? noise()
        let mel = parts.listen(samples)
        let rows = parts.hear(mel)
        let memory = parts.write.memory(hearing: rows)

        print(Row.heading)
        print(load.line)
        print(measured("mel", runs: repeats) { _ = parts.listen(samples) }.line)
        print(measured("encode", runs: repeats) { _ = parts.hear(mel) }.line)
        print(
            measured("cross keys", runs: repeats) { _ = parts.write.memory(hearing: rows) }.line)
        let text = measured("text", runs: repeats) { parts.text(of: tokens, memory) }
        print(text.line)
        print(Row(name: "token", runs: text.runs.map { $0 / Double(tokens) }).line)
        print(
            measured("window", runs: repeats) {
                let rows = parts.hear(parts.listen(samples))
                parts.text(of: tokens, parts.write.memory(hearing: rows))
            }.line)
        print("peak megabytes\t\t\(Int(peakMegabytes()))\t\t")
    }
}

/// How far 8 bits are from full precision.
struct WhisperAccuracy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whisper-accuracy",
        abstract: "Compare 8 or 4 bits with full precision on one window.")

    @Option(help: "The checkpoint's folder.") var model: String
    @Option(help: "30 seconds of raw 32-bit floats at 16 kHz; without it, noise.")
    var sound: String?
    @Option(help: "int8 or int4.") var precision = "int8"

    func run() throws {
        let exact = try WhisperParts(model, .f32)
        let rough = try WhisperParts(model, Precision(rawValue: precision) ?? .int8)
        let mel = exact.listen(try sound.map(samples) ?? noise())
        let rows = exact.hear(mel)
        print("what\tcosine\tlargest difference")
        report("encoder output", rough.hear(mel), rows)
        report("logits after the same rows", rough.logits(rows), exact.logits(rows))
        report("logits of the whole", rough.logits(rough.hear(mel)), exact.logits(rows))
    }
}

/// Raw 32-bit floats of a file.
private func samples(of path: String) throws -> [Float] {
    let bytes = try MappedFile.bytes(of: path)
    return stride(from: 0, to: bytes.count / 4 * 4, by: 4).map { at in
        Float(
            bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
    }
}

/// 30 seconds of white noise, always the same.
private func noise() -> [Float] {
    var state: UInt32 = 1
    return (0..<480_000).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return (Float(state >> 8) / 16_777_216 - 0.5) / 5
    }
}

/// A Whisper checkpoint's stages.
private struct WhisperParts {
    let listen: LogMel
    let hear: Whisper.Encoder
    let write: Whisper.Decoder

    init(_ path: String, _ precision: Precision, kept: Bool = false) throws {
        let folder = ModelFolder(
            path: path, name: "whisper", keptStems: kept ? [path + "/model"] : [])
        let parts = try Whisper.Parts(folder, precision)
        (listen, hear, write) = (parts.logMel, parts.encoder, parts.decoder)
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
