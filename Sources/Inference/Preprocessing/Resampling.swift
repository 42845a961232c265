import Glibc
import Kernels
import Signals

/// How a picture's pixels are weighed when its size changes; numbered as Pillow numbers them.
package enum Resampling: Int, Sendable, CaseIterable {
    case nearest = 0
    case lanczos = 1
    case bilinear = 2
    case bicubic = 3
    case box = 4
    case hamming = 5

    /// How far from its centre the filter reaches, in pixels of the coarser picture.
    private var reach: Double {
        switch self {
        case .nearest, .box: 0.5
        case .bilinear, .hamming: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// Source: the filters in `src/libImaging/Resample.c` of Pillow.
    private func weight(_ position: Double) -> Double {
        let x = abs(position)
        switch self {
        case .nearest, .box: return position > -0.5 && position <= 0.5 ? 1 : 0
        case .bilinear: return x < 1 ? 1 - x : 0
        case .hamming:
            if x >= 1 { return 0 }
            return x == 0 ? 1 : sinc(x) * (0.54 + 0.46 * cos(x * .pi))
        case .bicubic:
            let a = -0.5
            if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
        case .lanczos:
            return position >= -3 && position < 3 ? sinc(position) * sinc(position / 3) : 0
        }
    }
}

private func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(x * .pi) / (x * .pi) }

extension Resampling {
    /// The weighted sums along one side of the picture.
    private struct Sums {
        var first: [Int32] = []
        var count: [Int32] = []
        var weights: [Int32] = []
        let stride: Int

        /// Source: `precompute_coeffs` and `normalize_coeffs_8bpc`, the box being the whole picture.
        init(_ filter: Resampling, from source: Int, to target: Int) {
            let scale = Double(source) / Double(target)
            let stretch = max(scale, 1)
            let reach = filter.reach * stretch
            stride = Int(reach.rounded(.up)) * 2 + 1
            weights = Array(repeating: 0, count: stride * target)
            for i in 0..<target {
                let center = (Double(i) + 0.5) * scale
                let low = max(0, Int(center - reach + 0.5))
                let high = min(source, Int(center + reach + 0.5))
                let exact = (low..<high).map {
                    filter.weight((Double($0) - center + 0.5) * (1 / stretch))
                }
                let sum = exact.reduce(0, +)
                for (k, weight) in exact.enumerated() {
                    let scaled = (sum == 0 ? weight : weight / sum) * Double(1 << CC_RESAMPLE_BITS)
                    weights[i * stride + k] = Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
                }
                first.append(Int32(low))
                count.append(Int32(high - low))
            }
        }
    }

    /// A picture of another size, bit for bit what `Image.resize` of Pillow 13 makes of it.
    ///
    /// Source: `ImagingResampleInner` in `src/libImaging/Resample.c`; for the order of the two passes
    /// pull request 9549 of Pillow. Releases before 13 took the width first always.
    ///
    /// - Precondition: both sides are positive.
    package func resized(_ image: Image, width: Int, height: Int) -> Image {
        precondition(width > 0 && height > 0, "a picture of \(width) x \(height) pixels")
        if width == image.width, height == image.height { return image }
        if self == .nearest { return picked(image, width: width, height: height) }
        // Pillow 13 takes the height first where it loses more than twice what the width loses.
        let lostRows = image.height - height
        if lostRows > 0, lostRows > 2 * (image.width - width) {
            return withWidth(width, of: withHeight(height, of: image))
        }
        return withHeight(height, of: withWidth(width, of: image))
    }

    private func withWidth(_ width: Int, of image: Image) -> Image {
        if width == image.width { return image }
        let sums = Sums(self, from: image.width, to: width)
        var pixels = [UInt8](repeating: 0, count: image.height * width * 3)
        var scratch = [UInt8](repeating: 0, count: image.width * 3 + 1)
        // Safe: the arrays have the sizes that resample.h asks for; sums stay in their rows.
        unsafe cc_resample_rows(
            image.pixels, image.height, image.width, &pixels, width, sums.first, sums.count,
            sums.weights, sums.stride, &scratch)
        return Image(width: width, height: image.height, pixels: pixels, details: image.details)
    }

    private func withHeight(_ height: Int, of image: Image) -> Image {
        if height == image.height { return image }
        let sums = Sums(self, from: image.height, to: height)
        var pixels = [UInt8](repeating: 0, count: height * image.width * 3)
        var scratch = [Int32](repeating: 0, count: image.width * 3)
        // Safe: the arrays have the sizes that resample.h asks for; sums stay in the picture.
        unsafe cc_resample_columns(
            image.pixels, image.width * 3, &pixels, height, sums.first, sums.count, sums.weights,
            sums.stride, &scratch)
        return Image(width: image.width, height: height, pixels: pixels, details: image.details)
    }

    private func picked(_ image: Image, width: Int, height: Int) -> Image {
        var pixels = [UInt8](repeating: 0, count: height * width * 3)
        // Safe: the arrays have the sizes that resample.h asks for; every index is in its range.
        unsafe cc_pick_pixels(
            image.pixels, image.width, &pixels, width, height,
            nearest(from: image.width, to: width), nearest(from: image.height, to: height))
        return Image(width: width, height: height, pixels: pixels, details: image.details)
    }

    /// Source: `ImagingScaleAffine` in `src/libImaging/Geometry.c`, which adds up as it goes.
    private func nearest(from source: Int, to target: Int) -> [Int32] {
        let scale = Double(source) / Double(target)
        var position = scale * 0.5
        return (0..<target).map { _ in
            defer { position += scale }
            return Int32(min(Int(position), source - 1))
        }
    }
}
