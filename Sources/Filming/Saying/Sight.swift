import Describing
import Reading

/// What was found in a frame.
struct Sight {
    /// The captioner's words; nil without one, or where it does not know what it sees.
    var caption: Observation.Said?
    /// What stands on the screen.
    var text: [TextBlock] = []
    /// Whether it shows what the frame before showed, so that there is no caption.
    var isRepeated = false
}
