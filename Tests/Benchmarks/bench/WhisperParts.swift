import Inference
import ModelStore
import Models

/// 30 seconds of raw 32-bit floats; without a file, noise.
func halfAMinute(of path: String?) throws -> [Float] { try path.map(samples) ?? noise() }

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
struct WhisperParts {
    let config: Whisper.Config
    let listen: LogMel
    let hear: Whisper.Encoder
    let write: Whisper.Decoder

    init(_ path: String, _ precision: Precision, kept: Bool = false) throws {
        let folder = ModelFolder(
            path: path, name: "whisper", keptStems: kept ? [path + "/model"] : [])
        let parts = try Whisper.Parts(folder, precision)
        config = parts.config
        (listen, hear, write) = (parts.logMel, parts.encoder, parts.decoder)
    }

    /// Start, language, task, no times; then words that nobody chose.
    func words(_ count: Int) -> (prompt: [Int], rest: [Int]) {
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
