/// A format that is decoded here.
package enum PictureFormat: String, Sendable, CustomStringConvertible {
    case jpeg = "JPEG"
    case png = "PNG"
    case webp = "WebP"

    package var description: String { rawValue }
}

/// Tells the format from the first bytes, never from a name.
///
/// - Parameter bytes: the whole file.
/// - Returns: the format, where it is one that is decoded here.
/// - Throws: ``ImageError/unsupported(format:converter:)`` and its neighbours for everything else.
func sniffFormat(_ bytes: [UInt8]) throws(ImageError) -> PictureFormat {
    if bytes.isEmpty { throw .empty }
    if bytes.has([0xFF, 0xD8, 0xFF]) { return .jpeg }
    if bytes.has([0x89] + "PNG\r\n\u{1A}\n".utf8) { return .png }
    if bytes.has("RIFF".utf8), bytes.has("WEBP".utf8, at: 8) { return .webp }
    if let foreign = foreignFormat(bytes) {
        throw .unsupported(format: foreign.format, converter: foreign.converter)
    }
    throw textError(bytes)
}

private struct ForeignFormat {
    let format: String
    let converter: Converter

    init(_ format: String, _ command: String, _ package: String) {
        self.format = format
        converter = Converter(command: command, package: package)
    }

    static let gif = Self("a GIF", "convert 'in.gif[0]' out.png", "imagemagick")
    static let bmp = Self("a BMP", "convert in.bmp out.png", "imagemagick")
    static let tiff = Self("a TIFF", "convert 'in.tiff[0]' out.png", "imagemagick")
    static let icon = Self("a Windows icon", "convert 'ico:in.ico[0]' out.png", "imagemagick")
    static let psd = Self("a Photoshop document", "convert 'in.psd[0]' out.png", "imagemagick")
    static let heic = Self("HEIC", "heif-convert in.heic out.jpg", "libheif-examples")
    static let avif = Self("AVIF", "avifdec in.avif out.png", "libavif-bin")
    static let jpegXL = Self("JPEG XL", "djxl in.jxl out.png", "libjxl-tools")
    static let jpeg2000 = Self(
        "JPEG 2000", "opj_decompress -i in.jp2 -o out.png", "libopenjp2-tools")
    static let jpeg2000Stream = Self(
        "JPEG 2000", "opj_decompress -i in.j2k -o out.png", "libopenjp2-tools")
    static let svg = Self("an SVG drawing", "rsvg-convert -o out.png in.svg", "librsvg2-bin")
    static let pdf = Self(
        "a PDF document", "pdftoppm -png -r 150 -singlefile in.pdf out", "poppler-utils")
    static let netpbm = Self("a Netpbm picture", "pnmtopng in.pnm > out.png", "netpbm")
    static let film = Self("a film", "ffmpeg -i in.mp4 -frames:v 1 out.png", "ffmpeg")
}

private func foreignFormat(_ bytes: [UInt8]) -> ForeignFormat? {
    if bytes.has("GIF87a".utf8) || bytes.has("GIF89a".utf8) { return .gif }
    if isTIFF(bytes) { return .tiff }
    if bytes.has("ftyp".utf8, at: 4) { return isoMediaFormat(bytes) }
    if bytes.has([0xFF, 0x0A]) || bytes.has([0, 0, 0, 0x0C] + "JXL \r\n".utf8) { return .jpegXL }
    if bytes.has([0, 0, 0, 0x0C] + "jP  \r\n".utf8) { return .jpeg2000 }
    if bytes.has([0xFF, 0x4F, 0xFF, 0x51]) { return .jpeg2000Stream }
    if bytes.has("8BPS".utf8) { return .psd }
    if bytes.has([0, 0, 1, 0]) || bytes.has([0, 0, 2, 0]) { return .icon }
    if isPDF(bytes) { return .pdf }
    if isNetpbm(bytes) { return .netpbm }
    // Two letters are weak evidence: the length of a BMP's header follows, and is below 256.
    if bytes.has("BM".utf8), bytes.has([0, 0, 0], at: 15) { return .bmp }
    return isSVG(bytes) ? .svg : nil
}

private func isTIFF(_ bytes: [UInt8]) -> Bool {
    let starts: [[UInt8]] = [
        [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43],
    ]
    return starts.contains { bytes.has($0) }
}

/// HEIC, AVIF and films share one container; its first box lists brands of four letters.
private func isoMediaFormat(_ bytes: [UInt8]) -> ForeignFormat {
    let boxEnd = min(bytes.count, 64, bytes.bigEndian32(at: 0) ?? 0)
    let brands = Set(
        stride(from: 8, to: max(8, boxEnd - 3), by: 4)
            .map { String(decoding: bytes[$0..<$0 + 4], as: UTF8.self) })
    if !brands.isDisjoint(with: ["avif", "avis"]) { return .avif }
    let heif = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]
    return brands.isDisjoint(with: heif) ? .film : .heic
}

/// Readers of PDF allow bytes before its mark.
private func isPDF(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(1024).containsRun("%PDF-".utf8)
}

private func isNetpbm(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "P") else { return false }
    let space: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    return (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(bytes[1]) && space.contains(bytes[2])
}

private func isSVG(_ bytes: [UInt8]) -> Bool {
    startsAsText(bytes) && bytes.prefix(4096).containsRun("<svg".utf8)
}

private func textError(_ bytes: [UInt8]) -> ImageError {
    guard startsAsText(bytes) else { return .unknown }
    if bytes.has("version https://git-lfs.github.com/spec/".utf8) { return .gitLFSPointer }
    let start = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
    let isPage = start.utf8.containsRun("<html".utf8) || start.utf8.containsRun("<!doctype".utf8)
    return .notAPicture(isPage ? "a page of HTML" : "text")
}

/// Valid UTF-8 (but for a letter cut in half) without control characters.
private func startsAsText(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(512)
    let space: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x1B]
    guard start.allSatisfy({ $0 >= 0x20 || space.contains($0) }) else { return false }
    let mended = String(decoding: start, as: UTF8.self).unicodeScalars.dropLast(3)
    return !mended.contains("\u{FFFD}")
}
