import Models
import Signals

/// Speech without a silence that would end it: one piece, or several that go on from each other.
///
/// Whisper hears 30 seconds at a time; where a window's last words are cut, the next window begins
/// before them. So the windows of a stretch depend on each other, and stretches do not.
struct Stretch: Sendable {
    /// Of the first sample that is not settled, in the sound that is heard.
    private(set) var startSample: Int
    private var samples: [Float]
    /// Where somebody speaks that is not settled, in seconds of the sound that is heard.
    private(set) var speech: [TimeRange]
    /// Whether silence follows.
    private var isClosed: Bool
    /// Whether the rest goes on in a piece that is still to come.
    private var isWaiting = false
    /// Whether a piece came since the last window.
    private var isFresh = true
    /// Tokens of the text so far, for the next window.
    var context: [Int]
    /// What was written and waits until the stretches before this one are done.
    var written: [[SpokenSegment]] = []

    init(_ piece: SpeechPiece, context: [Int]) {
        startSample = piece.startSample
        samples = piece.samples
        speech = piece.speech
        isClosed = piece.isLast
        self.context = context
    }

    /// - Precondition: the stretch goes on with the piece.
    mutating func append(_ piece: SpeechPiece) {
        precondition(goesOn(with: piece), "a piece at \(piece.startSample) that does not belong")
        samples += piece.samples
        speech += piece.speech
        isClosed = piece.isLast
        (isWaiting, isFresh) = (false, true)
    }

    /// No further piece comes.
    mutating func close() {
        (isClosed, isWaiting) = (true, false)
    }

    /// Samples that are not settled.
    var heldSamples: Int { samples.count }

    /// Whether a piece goes on where this stretch stops.
    func goesOn(with piece: SpeechPiece) -> Bool {
        !isClosed && piece.startSample == startSample + samples.count
    }

    /// Whether nothing will come of it any more.
    var isDone: Bool { isClosed && !hasSpeech }

    /// Whether there is a window to decode now.
    ///
    /// - Parameter limit: samples of the longest window.
    /// - Returns: false where nobody speaks, or the rest of the speech is still to come.
    func isReady(window limit: Int) -> Bool {
        hasSpeech && (!isWaiting || samples.count >= limit)
    }

    /// The next sound to decode, at most `limit` samples.
    func window(_ limit: Int) -> [Float] {
        samples.count <= limit ? samples : Array(samples[..<limit])
    }

    /// Drops what a window settled.
    ///
    /// - Parameters:
    ///   - count: samples of the window that was decoded.
    ///   - seconds: how far it is settled.
    mutating func settle(_ count: Int, seconds: Double) {
        var settled = min(count, max(0, Int(seconds * Double(speechSampleRate))))
        // A window that settles next to nothing would be decoded again and again.
        if settled < Stretch.leastProgress { settled = count }
        samples.removeFirst(settled)
        startSample += settled
        let settledSeconds = startSeconds
        speech.removeAll { $0.endSeconds <= settledSeconds }
        (isWaiting, isFresh) = (!isClosed, false)
    }

    /// Of the first sample that is not settled, in the sound that is heard.
    var startSeconds: Double { Double(startSample) / Double(speechSampleRate) }

    private var hasSpeech: Bool {
        guard !samples.isEmpty else { return false }
        let seconds = speech.reduce(0) { $0 + $1.endSeconds - max($1.startSeconds, startSeconds) }
        return isFresh || seconds >= Stretch.leastSpeechSeconds
    }

    /// 0.1 s.
    private static let leastProgress = speechSampleRate / 10
    /// A rest with less speech than a syllable holds no word.
    private static let leastSpeechSeconds = 0.15
}
