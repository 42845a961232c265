import Describing
import Glibc
import Models
import Reading
import Signals
import Video

/// Makes moments of what was seen in frames: what repeats the moment before belongs to it.
struct MomentMaker {
    private var screen = ScreenText()
    private var scene = 0
    /// What was last said of a picture, also where words on the screen came after it.
    private var lastCaption: String?
    /// The moment that lasts until the next one.
    private(set) var open: Moment?

    /// What a frame means for the moments.
    struct Step {
        /// The moment that begins with it.
        var begun: Moment?
        /// The one that ends then.
        var ended: Moment?
        /// Lines of the open moment that were read in part or badly before.
        var corrected: [String] = []
        /// Whether the lines of the one that begins are unlikely to be corrected.
        var isSure = true
    }

    /// - Parameter earlier: of a run that was stopped.
    init(after earlier: [Moment]) {
        for moment in earlier { note(moment) }
        // What stood on the screen then may stand there still.
        for moment in earlier.suffix(2) {
            screen.note(moment.text, atSeconds: moment.range.startSeconds)
        }
    }

    /// Takes what was seen in the next frame.
    ///
    /// - Parameters:
    ///   - frame: which was looked at.
    ///   - sight: what was found in it.
    /// - Returns: what that means for the moments.
    mutating func add(_ frame: PickedFrame, _ sight: Sight) -> Step {
        if frame.reason == .newScene || scene == 0 { scene += 1 }
        var step = Step()
        var moment = Moment(
            range: TimeRange(startSeconds: frame.startSeconds, endSeconds: frame.frameSeconds),
            frameSeconds: frame.frameSeconds, scene: scene)
        let found = screen.look(
            sight.text, atSeconds: frame.frameSeconds,
            rollingOver: frame.isRolling ? frame.image.height : nil)
        step.isSure = found.isSure
        moment.text = found.lines
        for correction in found.corrections {
            let isOpen = open?.correct(correction.old, to: correction.new) ?? false
            guard correction.saysMore else { continue }
            if isOpen {
                step.corrected.append(correction.new)
            } else {
                moment.text.append(correction.new)
            }
        }
        if let said = sight.caption {
            let isBlurred = frame.facts?.isBlurred == true
            let sentence = Wording.sentence(isBlurred ? said.description.unsure : said.description)
            if !sentence.isEmpty {
                moment.caption = sentence
                moment.model = said.model
                moment.confidence = exp(Double(said.description.meanLogProbability))
            }
        }
        guard saysSomethingNew(moment, frame.reason, sight) else { return step }
        // What stands on the screen is new, and the picture is not.
        if moment.caption == lastCaption, !moment.text.isEmpty { moment.caption = nil }
        note(moment)
        step.begun = moment
        step.ended = replace(by: moment)
        return step
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

    private mutating func note(_ moment: Moment) {
        scene = moment.scene
        if moment.caption != nil || moment.text.isEmpty { lastCaption = moment.caption }
    }

    private func saysSomethingNew(
        _ moment: Moment, _ reason: PickedFrame.Reason, _ sight: Sight
    ) -> Bool {
        guard moment.text.isEmpty else { return true }
        guard reason != .words, !sight.isRepeated else { return false }
        guard open != nil else { return true }
        // A frame about which nothing is known tells only that a scene begins.
        guard let caption = moment.caption else { return reason != .later }
        return caption != lastCaption
    }

    private mutating func replace(by moment: Moment) -> Moment? {
        let ended = finish(atSeconds: moment.range.startSeconds)
        open = moment
        return ended
    }
}

extension Description {
    /// The same words, hedged: nobody is sure of what is blurred.
    fileprivate var unsure: Description {
        Description(text: text, meanLogProbability: -.infinity, tokenCount: tokenCount)
    }
}
