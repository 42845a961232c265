/// How a film is read.
package struct FilmOptions: Sendable, Equatable {
    /// That decode.
    package var threads = 2
    /// Decodes nothing but the frames that need no others.
    package var keyframesOnly = false
    /// Of a stream of pictures, which has no times of its own; FFmpeg's own default.
    package var picturesPerSecond = 25.0

    package init() {}
}
