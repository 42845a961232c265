import Signals

/// One subtitle: what stands on the screen at once, and when.
package struct Cue: Sendable, Equatable {
    package var range: TimeRange
    /// One or two, top first.
    package var lines: [String]
    /// Who speaks, where it is to be said; nil where unknown.
    package var speaker: String?

    package init(range: TimeRange, lines: [String], speaker: String? = nil) {
        self.range = range
        self.lines = lines
        self.speaker = speaker
    }
}
