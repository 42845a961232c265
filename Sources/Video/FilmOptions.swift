/// How a film is read.
package struct FilmOptions: Sendable, Equatable {
    /// That decode.
    package var threads = 2
    /// Decodes nothing but the frames that need no others.
    package var keyframesOnly = false
    /// Tells of frames on which words may have appeared.
    package var noticesWords = false
    /// Measures each frame that is picked, and waits for one that is not blurred.
    package var measuresFrames = false
    /// Of a stream of pictures, which has no times of its own; FFmpeg's own default.
    package var picturesPerSecond = 25.0

    package init() {}
}
