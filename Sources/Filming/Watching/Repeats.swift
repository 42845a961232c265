import Describing
import Models
import Signals
import Video

/// Knows a frame that shows what the last described one shows, by a model that compares pictures.
struct Repeats {
    private let embedder: any ImageEmbedder
    private var last: (direction: Direction, grid: FrameGrid)?

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
        let direction = try embedder.embed(frame.image)
        // The model looks at the middle of a frame only, the grid at all of it.
        if let last, frame.grid.isAlike(last.grid),
            last.direction.similarity(to: direction) >= embedder.sameness
        {
            return true
        }
        last = (direction, frame.grid)
        return false
    }
}
