import Signals

/// When a frame is shown.
struct FrameTime {
    /// From the start of the film.
    let seconds: Double
    /// How long it is shown; 0 where nothing tells.
    let durationSeconds: Double
}

/// Frames one after the other, as a codec gives them.
protocol FrameSource: AnyObject {
    /// Of the whole film; nil where the header does not say.
    var durationSeconds: Double? { get }
    /// What was wrong with what has been read so far, and did not stop the reading.
    var damage: FilmError? { get }

    /// The next frame, which `look` and `keep` then mean; nil at the end.
    ///
    /// - Throws: `FilmError.cannotRead`; damage is told by `damage`.
    func next() throws(FilmError) -> FrameTime?

    /// - Throws: `FilmError.noMemory`.
    func look() throws(FilmError) -> FrameGrid

    /// - Parameter isKept: of the frame that is kept, else of the last one.
    /// - Returns: where light steps sharply.
    /// - Throws: `FilmError.noMemory`.
    func strokes(ofKept isKept: Bool) throws(FilmError) -> StrokeMap

    /// Keeps the frame in place of the one kept before.
    ///
    /// - Throws: `FilmError.noMemory`.
    func keep() throws(FilmError)

    /// The frame that is kept, as it is shown.
    ///
    /// - Parameter longestSide: at most so many pixels.
    /// - Returns: upright, with square pixels, in sRGB.
    /// - Throws: `FilmError.noMemory`.
    func picture(longestSide: Int) throws(FilmError) -> Image

    /// Goes to a place or somewhat before it, where that saves decoding.
    func seek(toSeconds seconds: Double)
}
