import ArgumentParser
import Inference
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
        let samples = try halfAMinute(of: sound)
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
        let mel = exact.listen(try halfAMinute(of: sound))
        let rows = exact.hear(mel)
        print("what\tcosine\tlargest difference")
        report("encoder output", rough.hear(mel), rows)
        report("logits after the same rows", rough.logits(rows), exact.logits(rows))
        report("logits of the whole", rough.logits(rough.hear(mel)), exact.logits(rows))
    }
}
