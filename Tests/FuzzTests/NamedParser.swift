import Images
import Inference
import Speech

/// A parser of untrusted bytes, as the fuzzer sees it.
struct NamedParser: Sendable {
    let name: String
    /// True of the path of a file that is for this parser.
    let takes: @Sendable (_ path: String) -> Bool
    /// Of computing; a parser that takes longer hangs; sanitizers slow it several times.
    var mostSeconds = 30
    /// Throws what the parser throws where it refuses the bytes.
    let parse: @Sendable ([UInt8]) throws -> Void
}

/// One line per parser; a new one is watched from the moment it stands here.
let parsersUnderTest = [
    NamedParser(name: "image", takes: isPicture, parse: decodeSmall),
    NamedParser(name: "image-full-size", takes: isPicture, parse: decodeWhole),
    NamedParser(name: "safetensors", takes: { $0.hasSuffix(".safetensors") }, parse: readWeights),
    NamedParser(name: "tokenizer", takes: { $0.hasSuffix("tokenizer.json") }, parse: tokenize),
    NamedParser(name: "sound", takes: isRecording, parse: hearFile),
    NamedParser(name: "sound-pipe", takes: isRecording, parse: hearPipe),
    NamedParser(name: "voice", takes: isVoice) { _ = try VoiceFile(parsing: $0, fileName: "x") },
]

private let pictureEndings: Set<Substring> = [
    "jpg", "jpeg", "jpe", "png", "apng", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic",
    "ico", "j2k", "pcx", "bin", "html", "svg",
]

private func isPicture(_ path: String) -> Bool {
    pictureEndings.contains(path.lowercased().split(separator: ".").last ?? "")
}

/// Voices have names without an ending.
private func isVoice(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.dropLast().last == "voices" && parts.last?.contains(".") == false
}

/// Few enough that a header which announces them all does not exhaust a small machine.
private let mostPixels = 20_000_000

private func decodeSmall(_ bytes: [UInt8]) throws {
    _ = try decodeImage(bytes, limits: DecodingLimits(maxPixels: mostPixels, shorterSide: 32))
}

private func decodeWhole(_ bytes: [UInt8]) throws {
    _ = try decodeImage(bytes, limits: DecodingLimits(maxPixels: mostPixels))
}

/// Opens a checkpoint and reads the numbers of each tensor.
private func readWeights(_ bytes: [UInt8]) throws {
    try withUnnamedFile(bytes) { path in
        let checkpoint = try Checkpoint(file: path)
        for name in checkpoint.names { _ = try checkpoint.weights.stored(name).floats() }
    }
}

/// Reads a tokenizer, then sends words, marks and other scripts through it and back.
private func tokenize(_ bytes: [UInt8]) throws {
    let tokenizer = try Tokenizer(json: bytes, path: "x", cleansText: true)
    let ids = tokenizer.encode("A dog's 12 pups\n[CLS] h\u{E9}llo \u{732B}\u{1F408}.")
    _ = tokenizer.decode(ids + [-1, 0, 7, .max])
}
