import Images

/// A parser of untrusted bytes, as the fuzzer sees it.
struct NamedParser: Sendable {
    let name: String
    /// Of file names, without the dot; these files go to this parser.
    let endings: Set<String>
    /// A parser that takes longer than this hangs; sanitizers slow it several times.
    var mostSeconds = 30
    /// False where the parser refused the bytes with an error of its own.
    let accepts: @Sendable ([UInt8]) -> Bool
}

/// One line per parser; a new one is watched from the moment it stands here.
let parsersUnderTest = [
    NamedParser(name: "image", endings: imageEndings) { succeeds(decodeSmall, $0) },
    NamedParser(name: "image-full-size", endings: imageEndings) { succeeds(decodeWhole, $0) },
]

private let imageEndings: Set = [
    "jpg", "jpeg", "jpe", "png", "apng", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic",
    "ico", "j2k", "pcx", "bin", "html", "svg",
]

/// Few enough that a header which announces them all does not exhaust a small machine.
private let mostPixels = 20_000_000

private func decodeSmall(_ bytes: [UInt8]) throws {
    _ = try decodeImage(bytes, limits: DecodingLimits(maxPixels: mostPixels, shorterSide: 32))
}

private func decodeWhole(_ bytes: [UInt8]) throws {
    _ = try decodeImage(bytes, limits: DecodingLimits(maxPixels: mostPixels))
}

private func succeeds(_ parse: ([UInt8]) throws -> Void, _ bytes: [UInt8]) -> Bool {
    do {
        try parse(bytes)
        return true
    } catch {
        return false
    }
}
