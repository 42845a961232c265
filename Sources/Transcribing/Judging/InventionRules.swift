/// What counts as invented.
///
/// Every number can be set on the command line.
package struct InventionRules: Sendable, Equatable {
    /// A segment of which less is speech, 0 to 1, is dropped.
    ///
    /// Recognisers place segments loosely, so that "yes" may get five seconds: only next to
    /// nothing counts as nothing.
    package var minimumSpeechShare = 0.05
    /// Speech that a detector may have missed around what it found (s).
    package var edgeSlackSeconds = 0.2
    /// At this score the words are improbable.
    ///
    /// Source: `openai/whisper`, `transcribe.py`, `is_segment_anomaly`.
    package var anomalyLimit = 3.0
    /// A segment of improbable words is dropped where less of it is speech, 0 to 1.
    ///
    /// The reference asks for silence on both sides; the detector knows that better.
    package var improbableSpeechShare = 0.5
    /// Of equal segments in a row, this one and those after it are dropped.
    package var segmentRepetitions = 3
    /// The same for texts of one or two words: people do say "no" three times.
    package var shortSegmentRepetitions = 6
    /// A phrase that follows itself this many times is a loop.
    package var phraseRepetitions = 4
    /// The same for a single word: "no, no, no, no, no" is said, the next is a loop.
    package var wordRepetitions = 8

    /// Texts of fewer words are short.
    static let shortTextWords = 3
    /// Words of the longest phrase that is looked for.
    static let longestPhrase = 16

    package init() {}
}
