import Reading
import Signals

/// A stretch of a film of which one frame is wanted.
struct PickingWindow {
    typealias Judged = (image: Image, facts: Facts?)

    /// When what is shown began.
    var startSeconds: Double
    private(set) var endSeconds: Double
    let reason: PickedFrame.Reason
    /// The one that is kept.
    private(set) var best: (seconds: Double, grid: FrameGrid)?
    /// The best one, once it was looked at.
    var judged: Judged?

    /// For the sharpest frame of a new shot; the first frames of one are often half of a transition.
    static let lengthSeconds = 1.0
    /// So much sharper that it is worth keeping another frame.
    private static let sharper = 1.15
    /// A shot that is blurred for longer is a blurred shot.
    private static let patience = 5.0

    init(startSeconds: Double, openedSeconds: Double, reason: PickedFrame.Reason) {
        self.startSeconds = startSeconds
        self.reason = reason
        endSeconds = openedSeconds + Self.lengthSeconds
    }

    /// Whether a frame is better than the best one.
    func wants(_ grid: FrameGrid) -> Bool {
        best.map { grid.sharpness > Self.sharper * $0.grid.sharpness } ?? true
    }

    /// The frame that is kept now.
    mutating func take(_ grid: FrameGrid, at seconds: Double) {
        if best == nil, seconds >= endSeconds {
            // It was black, and fades in.
            startSeconds = seconds
            endSeconds = seconds + Self.lengthSeconds
        }
        best = (seconds, grid)
        judged = nil
    }

    /// Goes on for a sharper frame.
    ///
    /// - Parameter seconds: the time of the present frame.
    /// - Returns: false where the best one is not blurred, or nothing better came for long.
    mutating func wait(at seconds: Double) -> Bool {
        guard judged?.facts?.isBlurred == true, seconds - startSeconds < Self.patience else {
            return false
        }
        endSeconds = seconds + Self.lengthSeconds
        return true
    }
}
