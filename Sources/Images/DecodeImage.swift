import Signals

/// How much picture a caller can use.
package struct DecodingLimits: Sendable {
    /// Of the stored picture, by its header; more is refused before memory is reserved.
    package var maxPixels: Int
    /// A large JPEG may be decoded at a half, a quarter or an eighth, as long as both sides keep
    /// at least this many pixels; nil asks for the full size.
    package var shorterSide: Int?

    package init(maxPixels: Int = 200_000_000, shorterSide: Int? = nil) {
        self.maxPixels = maxPixels
        self.shorterSide = shorterSide
    }
}

/// Turns the bytes of a JPEG, PNG or WebP file into the picture that people see.
///
/// The result is upright, opaque (transparent parts show white) and in sRGB as far as PNG's `gAMA`
/// says; colour profiles are not applied. Of an animation it is the first frame. The type is told
/// from the bytes alone.
///
/// Nothing is invented: a picture whose data ends before its last pixel is refused, though a decoder
/// could fill the rest with grey. Damage inside a JPEG that its decoder steps over (a few false
/// blocks) is accepted, and so is a missing end mark after the last pixel.
///
/// Memory: the picture itself, and for a progressive JPEG its coefficients (2 bytes per sample).
/// A turned WebP or interlaced PNG, and a partly covering first frame, need a second copy.
///
/// - Parameters:
///   - bytes: the whole file.
///   - limits: how many pixels are allowed, and how many are needed.
/// - Returns: the picture; its details tell the full size and what EXIF says.
/// - Throws: `ImageError`, for anything that is not a whole picture of these three formats.
package func decodeImage(
    _ bytes: [UInt8], limits: DecodingLimits = DecodingLimits()
) throws(ImageError) -> Image {
    let format = try sniffFormat(bytes)
    let exif = exifRange(in: bytes, format).map { Exif(Array(bytes[$0])) } ?? Exif()
    let raster =
        switch format {
        case .jpeg: try decodeJPEG(bytes, orientation: exif.orientation, limits)
        case .png: try decodePNG(bytes, orientation: exif.orientation, limits)
        case .webp: try decodeWebP(bytes, orientation: exif.orientation, limits)
        }
    let full = raster.fullSize.upright(exif.orientation)
    var details = Image.Details(fullWidth: full.width, fullHeight: full.height)
    details.format = format.rawValue
    details.hasTransparency = raster.hasTransparency
    details.captureDate = exif.captureDate
    details.camera = exif.camera
    let size = raster.size.upright(exif.orientation)
    return Image(width: size.width, height: size.height, pixels: raster.pixels, details: details)
}

/// Upright pixels, and the sizes as stored.
struct Raster {
    let fullSize: PixelSize
    let size: PixelSize
    let pixels: [UInt8]
    var hasTransparency = false
}

struct PixelSize: Equatable {
    let width: Int
    let height: Int

    /// EXIF orientations from 5 on lie on their side.
    func upright(_ orientation: Int) -> PixelSize {
        orientation >= 5 ? PixelSize(width: height, height: width) : self
    }

    /// Rounded up, as the JPEG decoder does.
    func scaled(eighths: Int) -> PixelSize {
        PixelSize(width: (width * eighths + 7) / 8, height: (height * eighths + 7) / 8)
    }

    /// - Throws: ``ImageError/tooLarge(format:width:height:maxPixels:)`` above the limit.
    func check(_ limits: DecodingLimits, _ format: PictureFormat) throws(ImageError) {
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, count <= limits.maxPixels else {
            throw .tooLarge(
                format: format, width: width, height: height, maxPixels: limits.maxPixels)
        }
    }
}
