import Describing

/// What was found in a frame.
struct Sight {
    /// The captioner's words; nil without one, or where it does not know what it sees.
    var caption: Observation.Said?
    /// The lines that stand on the screen.
    var text: [String] = []
    /// Whether it shows what the frame before showed, so that there is no caption.
    var isRepeated = false
}
