import Describing
import Glibc
import Models
import Signals
import Video

/// Makes moments of what was seen in frames: what repeats the moment before belongs to it.
struct MomentMaker {
    private var screen = ScreenText()
    private var scene: Int
    /// The moment that lasts until the next one.
    private(set) var open: Moment?
    private(set) var mergedCount = 0

    /// - Parameter scene: the number of the last scene of an earlier run.
    init(afterScene scene: Int) { self.scene = scene }

    /// Takes what was seen in the next frame.
    ///
    /// - Parameters:
    ///   - frame: which was looked at.
    ///   - observation: what was found in it.
    /// - Returns: the moment that begins with it, if one does, and the one that ends then.
    mutating func add(
        _ frame: PickedFrame, _ observation: Observation
    ) -> (begun: Moment?, ended: Moment?) {
        if frame.reason == .newScene || scene == 0 { scene += 1 }
        var moment = Moment(
            range: TimeRange(startSeconds: frame.startSeconds, endSeconds: frame.frameSeconds),
            frameSeconds: frame.frameSeconds, scene: scene,
            text: screen.newLines(observation.textLines))
        if let caption = observation.caption, !observation.isBlank, !caption.sentence.isEmpty {
            moment.caption = caption.sentence
            moment.model = caption.model
            moment.confidence = exp(Double(caption.description.meanLogProbability))
        }
        guard !isRepeated(moment, frame.reason) else {
            mergedCount += 1
            return (nil, nil)
        }
        return (moment, replace(by: moment))
    }

    /// Where the frame of the open moment was saved.
    mutating func notePicture(_ path: String?) { open?.picture = path }

    /// Ends the last moment.
    mutating func finish(atSeconds end: Double) -> Moment? {
        guard var last = open else { return nil }
        open = nil
        last.range.endSeconds = max(last.range.startSeconds, last.frameSeconds, end)
        return last
    }

    private mutating func replace(by moment: Moment) -> Moment? {
        let ended = finish(atSeconds: moment.range.startSeconds)
        open = moment
        return ended
    }

    private func isRepeated(_ moment: Moment, _ reason: PickedFrame.Reason) -> Bool {
        guard let open, moment.text.isEmpty else { return false }
        guard let caption = moment.caption else {
            // A frame about which nothing is known tells only that a scene begins.
            return reason == .later
        }
        return caption == open.caption
    }
}

extension Observation {
    /// The lines of all blocks of text; labels of a chart share one.
    var textLines: [String] {
        lines(.text, for: .frame).map { line in
            line.hasPrefix("Text: ") ? String(line.dropFirst(6)) : line
        }
    }
}
