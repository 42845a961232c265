import Reading
import Signals

/// Which frames of a film are wanted.
package enum Sampling: Sendable, Equatable {
    /// One of each shot, and more where a shot is longer than this.
    case scenes(longestGapSeconds: Double)
    case every(seconds: Double)
    /// The frames that need no others; only those are decoded.
    case keyframes
}

/// Which part of a film is wanted, and how much of it.
package struct FilmRange: Sendable, Equatable {
    package var fromSeconds = 0.0
    /// Nil for the end of the film.
    package var toSeconds: Double?
    package var mostFrames: Int?

    package init() {}
}

/// A frame that is worth a look.
package struct PickedFrame: Sendable {
    package enum Reason: Sendable, Equatable {
        /// The first of a shot.
        case newScene
        /// The shot goes on.
        case later
        /// Words may have appeared on the screen; there is nothing else to say of it.
        case words
    }

    /// When what it shows began: the start of the shot, or the time of the frame.
    package let startSeconds: Double
    /// When this frame is shown.
    package let frameSeconds: Double
    package let reason: Reason
    /// Whether text scrolls up through it, so that lines at its edges may be cut.
    package let isRolling: Bool
    package let image: Image
    package let grid: FrameGrid
    /// What was measured in it, where that is wanted.
    package let facts: Facts?
}

/// What was found on the way through a film.
package struct FilmReport: Sendable, Equatable {
    /// Up to where it was read.
    package var endSeconds = 0.0
    /// By its header.
    package var promisedSeconds: Double?
    package var decodedFrames = 0
    package var pickedFrames = 0
    /// Frames that show one tone and were passed over.
    package var blankFrames = 0
    /// Frames that were passed over because they are blurred, for sharper ones.
    package var blurredFrames = 0
    /// Frames that look like the one picked before.
    package var repeatedFrames = 0
    /// Where each shot starts, the first one too.
    package var sceneSeconds: [Double] = []
    /// Damage that did not stop the reading.
    package var damage: FilmError?
    /// Whether the reading stopped because there were enough frames.
    package var hasStoppedEarly = false

    package init() {}
}
