import Describing
import Models
import Signals
import Video

/// Knows a frame that shows what the last described one shows, by a model that compares pictures.
///
/// Such a model looks at a square in the middle, so a frame is shown to it in as many squares as its
/// longer side needs, two for a wide film:
///
///     [-----1-----]           each must be alike; bars above and below would make one square of it,
///     |      |    |   |       but all pictures between bars are alike, and the border is for those
///            [-----2-----]    without
///
/// The border was never tried on weights that learnt from photographs; where it comes from stands at
/// `ImageEmbedder.sameness`.
struct Repeats {
    private struct Seen {
        let image: Image
        let grid: FrameGrid
        /// Of its squares; made when there is something to compare them with.
        var directions: [Direction] = []
    }

    private let embedder: any ImageEmbedder
    private var last: Seen?

    /// Loads the model; nil where none is installed, for it is an addition.
    ///
    /// - Parameter choice: where models are, and how exactly they compute.
    /// - Throws: the model's own errors.
    init?(_ choice: ModelChoice) throws {
        let found = try Catalogue.folder(
            named: nil, for: .comparing, environment: choice.environment)
        guard let found else { return nil }
        embedder = try Catalogue.imageEmbedder(in: found, precision: choice.precision)
    }

    /// Forgets the film before.
    mutating func begin() { last = nil }

    /// - Parameter frame: the next one.
    /// - Returns: whether it shows nothing new; else it is what the next ones are compared with.
    /// - Throws: `ModelError`.
    mutating func isRepeated(_ frame: PickedFrame) throws -> Bool {
        var now = Seen(image: frame.image, grid: frame.grid)
        if try isAlike(&now) { return true }
        last = now
        return false
    }

    /// What looks other from afar is other, and needs no model.
    private mutating func isAlike(_ now: inout Seen) throws -> Bool {
        guard var before = last, now.grid.isAlike(before.grid),
            now.image.squareCount == before.image.squareCount
        else { return false }
        defer { last = before }
        for i in 0..<now.image.squareCount {
            if before.directions.count <= i {
                before.directions.append(try embedder.embed(before.image.square(i)))
            }
            now.directions.append(try embedder.embed(now.image.square(i)))
            let likeness = before.directions[i].similarity(to: now.directions[i])
            if likeness < embedder.sameness { return false }
        }
        return true
    }
}

extension Image {
    /// How many squares cover it; a strip at the sides of a twentieth may be left out.
    fileprivate var squareCount: Int {
        let (long, short) = (Double(max(width, height)), Double(min(width, height)))
        return min(max(1, Int((long / short - 0.1).rounded(.up))), Self.mostSquares)
    }

    /// Enough for 8 to 1.
    private static let mostSquares = 8

    /// One of the squares that cover it, evenly spaced, counted from its left or top.
    fileprivate func square(_ i: Int) -> Image {
        let side = min(width, height)
        let start = (max(width, height) - side) * i / max(1, squareCount - 1)
        let (left, top) = width > height ? (start, 0) : (0, start)
        var cut: [UInt8] = []
        cut.reserveCapacity(3 * side * side)
        for y in top..<(top + side) {
            let row = 3 * (y * width + left)
            cut += pixels[row..<(row + 3 * side)]
        }
        return Image(width: side, height: side, pixels: cut)
    }
}
