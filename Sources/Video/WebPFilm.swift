import Audio
import CMedia
import Images
import Signals

/// An animated WebP picture, which FFmpeg does not read.
final class WebPFilm: FrameSource {
    private let animation: WebPAnimation
    private var current: Image?
    private var kept: Image?
    private(set) var damage: FilmError?

    /// Told only by its frames.
    var durationSeconds: Double? { nil }

    /// The most bytes of an animation, which is held whole: 256 MiB.
    private static let byteLimit = 256 << 20
    /// As of other films.
    private static let mostPixels = 40_000_000

    /// - Parameter bytes: from the start of the file.
    /// - Throws: `FilmError`.
    init(_ bytes: InputBytes) throws(FilmError) {
        let file = bytes.readAll(Self.byteLimit)
        if let failure = bytes.failure { throw .cannotRead(reason: systemReason(failure)) }
        do {
            animation = try WebPAnimation(file, maxPixels: Self.mostPixels)
        } catch {
            throw .undecodable
        }
    }

    func next() throws(FilmError) -> FrameTime? {
        guard let frame = animation.next() else {
            if animation.isDamaged { damage = .brokenParts(count: 1) }
            return nil
        }
        current = frame.image
        return FrameTime(
            seconds: frame.seconds, durationSeconds: frame.endSeconds - frame.seconds)
    }

    func look() throws(FilmError) -> FrameGrid {
        guard let current else { preconditionFailure("no frame to look at") }
        return FrameGrid(of: current)
    }

    func strokes(ofKept isKept: Bool) throws(FilmError) -> StrokeMap {
        guard let image = isKept ? kept : current else {
            preconditionFailure("no frame to look at")
        }
        var marks = [UInt64](repeating: 0, count: StrokeMap.wordCount)
        // Safe: an image has the pixels that its size says, and C writes as many words as there are.
        let places = unsafe cc_picture_strokes(image.pixels, image.width, image.height, &marks)
        return StrokeMap(marks: marks, placesInLine: places)
    }

    func keep() throws(FilmError) { kept = current }

    func picture(longestSide: Int) throws(FilmError) -> Image {
        guard let kept else { preconditionFailure("no frame was kept") }
        return kept
    }

    func seek(toSeconds seconds: Double) {}
}

/// - Parameter start: the first 32 bytes and more.
/// - Returns: whether the file says that it has several frames.
func isAnimatedWebP(_ start: [UInt8]) -> Bool {
    start.count > 21 && start.starts(with: Array("RIFF".utf8))
        && start[8..<16].elementsEqual("WEBPVP8X".utf8) && start[20] & 2 != 0
}

extension FrameGrid {
    /// The cells of a picture that is red, green and blue.
    init(of image: Image) {
        var luma: [UInt8] = []
        var blue: [UInt8] = []
        var red: [UInt8] = []
        for row in 0..<Self.height {
            for column in 0..<Self.width {
                let cell = image.meanColour(row, column)
                // ITU-R BT.601.
                let light: Double = 0.299 * cell.red + 0.587 * cell.green + 0.114 * cell.blue
                luma.append(Self.byte(light))
                guard row % 4 == 0, column % 4 == 0 else { continue }
                blue.append(Self.byte(128 + 0.564 * (cell.blue - light)))
                red.append(Self.byte(128 + 0.713 * (cell.red - light)))
            }
        }
        self.init(luma: luma, chroma: blue + red, sharpness: Self.sharpness(luma))
    }

    private static func byte(_ value: Double) -> UInt8 { UInt8(max(0, min(255, value.rounded()))) }

    /// Between neighbouring cells: coarse, and enough to tell frames of one shot apart.
    private static func sharpness(_ luma: [UInt8]) -> Double {
        var sum: Double = 0
        for i in 1..<luma.count {
            let step = Double(luma[i]) - Double(luma[i - 1])
            sum += step * step
        }
        return sum / Double(luma.count - 1)
    }
}

extension Image {
    /// Of a cell; eight rows and eight columns of it tell as much as all.
    fileprivate func meanColour(
        _ row: Int, _ column: Int
    ) -> (red: Double, green: Double, blue: Double) {
        let samples = 8
        var sums = (0, 0, 0)
        for i in 0..<samples {
            let y = min(height - 1, (samples * row + i) * height / (samples * FrameGrid.height))
            for j in 0..<samples {
                let x = min(width - 1, (samples * column + j) * width / (samples * FrameGrid.width))
                let offset = 3 * (y * width + x)
                sums.0 += Int(pixels[offset])
                sums.1 += Int(pixels[offset + 1])
                sums.2 += Int(pixels[offset + 2])
            }
        }
        let count = Double(samples * samples)
        return (Double(sums.0) / count, Double(sums.1) / count, Double(sums.2) / count)
    }
}
