/// A picture as people see it: upright, opaque, in sRGB.
///
/// Pixels lie row by row from the top left, three bytes each:
///
///     R G B  R G B  …   row 0, width pixels
///     R G B  R G B  …   row 1
package struct Image: Sendable, Equatable {
    package let width: Int
    package let height: Int
    /// Red, green and blue of each pixel; `3 * width * height` bytes.
    package let pixels: [UInt8]
    package var details: Details

    /// - Precondition: `pixels` holds `3 * width * height` bytes and neither side is 0.
    package init(width: Int, height: Int, pixels: [UInt8], details: Details? = nil) {
        precondition(width > 0 && height > 0, "an image of \(width) x \(height) pixels")
        precondition(
            pixels.count == 3 * width * height,
            "\(pixels.count) bytes for an image of \(width) x \(height) pixels")
        self.width = width
        self.height = height
        self.pixels = pixels
        self.details = details ?? Details(fullWidth: width, fullHeight: height)
    }
}

extension Image {
    /// What the file says about the picture besides its pixels.
    package struct Details: Sendable, Equatable {
        /// Upright size in the file; larger than the image when a JPEG was decoded at a fraction.
        package var fullWidth: Int
        package var fullHeight: Int
        /// The name of the file format as users know it, "JPEG"; empty for a picture made in memory.
        package var format = ""
        /// True where at least one pixel lets the ground through (it was laid over white).
        package var hasTransparency = false
        /// EXIF `DateTimeOriginal` as the camera wrote it, "2024:05:01 12:30:00".
        package var captureDate: String?
        /// EXIF `Make` and `Model` joined, without a repeated maker.
        package var camera: String?

        package init(fullWidth: Int, fullHeight: Int) {
            self.fullWidth = fullWidth
            self.fullHeight = fullHeight
        }
    }
}
