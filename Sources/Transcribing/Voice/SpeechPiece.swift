import Signals

/// Sound in which somebody speaks, cut from a recording as it stands: no sample left out, so that
/// times inside it cannot drift.
package struct SpeechPiece: Sendable {
    /// Of its first sample in the recording, at `speechSampleRate`.
    package var startSample: Int
    package var samples: [Float]
    /// Where speech was heard, without the margins; in seconds of the recording.
    package var speech: [TimeRange]
    /// Whether silence follows; else the next piece goes on where this one stops.
    package var isLast: Bool

    package init(startSample: Int, samples: [Float], speech: [TimeRange], isLast: Bool) {
        self.startSample = startSample
        self.samples = samples
        self.speech = speech
        self.isLast = isLast
    }
}
