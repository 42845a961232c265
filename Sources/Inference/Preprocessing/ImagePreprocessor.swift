import Kernels
import Signals

/// A picture as a vision model wants it: resized, cropped, and in planes of normalised f32.
///
/// Source: `image_processing_backends.py` of transformers, class `PilBackend`.
package struct ImagePreprocessor: Sendable, Equatable {
    package enum Size: Sendable, Equatable {
        /// The picture is squeezed into these sides.
        case exact(width: Int, height: Int)
        /// The shorter side becomes this long, the other in proportion.
        case shortestEdge(Int)
    }

    /// Nil where the picture keeps its size.
    package let size: Size?
    package let resampling: Resampling
    /// What is cut out of the middle; a picture that is smaller is set in black.
    package let crop: Crop?
    /// What a byte is multiplied with; nil where it stays 0 to 255.
    package let rescaleFactor: Double?
    /// Nil where nothing is subtracted or divided.
    package let normalization: Normalization?

    package struct Crop: Sendable, Equatable {
        package let width: Int
        package let height: Int
    }

    /// By channel, red first.
    package struct Normalization: Sendable, Equatable {
        package let mean: [Double]
        package let deviation: [Double]
    }

    /// What a model gets.
    package struct Output: Sendable {
        package let width: Int
        package let height: Int
        /// Row by row in planes: `[3, height, width]`.
        package let values: [Float]
    }

    package func callAsFunction(_ image: Image) -> Output {
        let picture = cropped(resized(image))
        let pixelCount = picture.width * picture.height
        let tables = self.tables
        let values = unsafe [Float](unsafeUninitializedCapacity: 3 * pixelCount) { buffer, count in
            // Safe: the picture has `pixelCount` pixels, the buffer a number for each of their bytes.
            if let planes = buffer.baseAddress {
                unsafe cc_planes(picture.pixels, pixelCount, tables, planes)
            }
            count = 3 * pixelCount
        }
        return Output(width: picture.width, height: picture.height, values: values)
    }

    private func resized(_ image: Image) -> Image {
        switch size {
        case nil: return image
        case .exact(let width, let height):
            return resampling.resized(image, width: width, height: height)
        case .shortestEdge(let edge):
            // Source: `get_resize_output_image_size` in `image_transforms.py`.
            let short = min(image.width, image.height)
            let long = Int(Double(edge * max(image.width, image.height)) / Double(short))
            return image.width <= image.height
                ? resampling.resized(image, width: edge, height: long)
                : resampling.resized(image, width: long, height: edge)
        }
    }

    /// Source: `center_crop` in `image_transforms.py`.
    private func cropped(_ image: Image) -> Image {
        guard let crop, crop.width != image.width || crop.height != image.height else {
            return image
        }
        var pixels = [UInt8](repeating: 0, count: 3 * crop.width * crop.height)
        let left = start(image.width, crop.width)
        let top = start(image.height, crop.height)
        let columns = max(0, left)..<min(image.width, left + crop.width)
        for y in max(0, top)..<min(image.height, top + crop.height) {
            let source = 3 * (y * image.width + columns.lowerBound)
            let target = 3 * ((y - top) * crop.width + columns.lowerBound - left)
            let length = 3 * columns.count
            pixels.replaceSubrange(
                target..<(target + length), with: image.pixels[source..<(source + length)])
        }
        return Image(width: crop.width, height: crop.height, pixels: pixels, details: image.details)
    }

    /// Where the crop starts in the picture; negative where the picture is the smaller.
    private func start(_ side: Int, _ cropped: Int) -> Int {
        side >= cropped ? (side - cropped) / 2 : -((cropped - side + 1) / 2)
    }

    /// What each byte of each channel becomes: `[3, 256]`, in the reference's order of rounding.
    private var tables: [Float] {
        (0..<3).flatMap { channel in
            (0..<256).map { byte in
                let scaled = Float(Double(byte) * (rescaleFactor ?? 1))
                guard let normalization else { return scaled }
                return (scaled - Float(normalization.mean[channel]))
                    / Float(normalization.deviation[channel])
            }
        }
    }
}
