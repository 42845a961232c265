import Images
import Inference
import Speech
import Subtitles

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
    NamedParser(name: "ggml", takes: { $0.contains("ggml") }, parse: readGgml),
    NamedParser(name: "tokenizer", takes: { $0.hasSuffix("tokenizer.json") }, parse: tokenize),
    NamedParser(name: "sound", takes: isRecording, parse: hearFile),
    NamedParser(name: "sound-pipe", takes: isRecording, parse: hearPipe),
    // Three seconds of a large film are a hundred frames.
    NamedParser(name: "film", takes: isFilm, mostSeconds: 120, parse: watchFilm),
    NamedParser(name: "film-copy", takes: isFilm, mostSeconds: 120, parse: copyFilm),
    NamedParser(name: "voice", takes: isVoice) { _ = try VoiceFile(parsing: $0, fileName: "x") },
    NamedParser(name: "subtitles", takes: isSubtitles, parse: checkSubtitles),
    NamedParser(name: "text", takes: { $0.hasSuffix(".markdown") }) { try readAloud($0, .plain) },
    NamedParser(name: "markdown", takes: { $0.hasSuffix(".markdown") }) {
        try readAloud($0, .markdown)
    },
    NamedParser(name: "html", takes: { $0.hasSuffix(".htm") }) { try readAloud($0, .html) },
    NamedParser(name: "ssml", takes: { $0.hasSuffix(".ssml") }) { try readAloud($0, .ssml) },
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

private func isSubtitles(_ path: String) -> Bool {
    path.hasSuffix(".srt") || path.hasSuffix(".vtt")
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

/// Opens a Whisper model of whisper.cpp and reads its numbers and its tokens.
private func readGgml(_ bytes: [UInt8]) throws {
    try withUnnamedFile(bytes) { path in
        let file = try GgmlFile(path: path)
        let tokenizer = try Tokenizer(
            ranked: (0..<file.tokenCount).map { file.token($0) }, special: ["<|x|>"], path: path)
        _ = tokenizer.decode(tokenizer.encode("A dog's 12 pups <|x|> h\u{E9}llo"))
        for tensor in file.tensors { _ = try tensor.floats() }
    }
}

/// Reads a tokenizer, then sends words, marks and other scripts through it and back.
private func tokenize(_ bytes: [UInt8]) throws {
    let tokenizer = try Tokenizer(json: bytes, path: "x", cleansText: true)
    let ids = tokenizer.encode("A dog's 12 pups\n[CLS] h\u{E9}llo \u{732B}\u{1F408}.")
    _ = tokenizer.decode(ids + [-1, 0, 7, .max])
}

/// Reads a document aloud, without the voice, and checks that each utterance is in place.
private func readAloud(_ bytes: [UInt8], _ markup: Markup) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    var reader = try SentenceReader(text: text, style: ReadingStyle(markup: markup))
    while let utterance = try reader.next() {
        let count = utterance.text.unicodeScalars.count
        precondition(utterance.source.upperBound <= text.unicodeScalars.count, "\(utterance)")
        for origin in utterance.origins {
            precondition(origin.spoken.upperBound <= count, "\(utterance)")
        }
    }
}

/// Reads subtitles, checks them, and writes them again.
private func checkSubtitles(_ bytes: [UInt8]) throws {
    let subtitles = try readSubtitles(bytes)
    _ = lint(subtitles, .netflix)
    for format in SubtitleFormat.allCases {
        var writer = SubtitleWriter(format)
        for parsed in subtitles.cues { _ = writer.text(of: parsed.cue) }
    }
}
