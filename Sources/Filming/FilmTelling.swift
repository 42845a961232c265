import Describing
import Images
import Reading
import Signals
import ToolKit
import Video

/// One film on its way to the answer.
struct FilmTelling {
    private let request: FilmRequest
    private let input: OpenInput
    private let notices: Notices
    private var writer: MomentWriter
    private var maker: MomentMaker
    private let narration: AudioDescription?
    private let folder: FramesFolder?
    private let journal: Journal?
    /// The frame of the open moment as JPEG, where it is needed.
    private var picture: [UInt8] = []
    /// All that is done, where the end needs it.
    private var moments: [Moment] = []
    private var pictures: PictureShelf?
    private var hasTold = false
    /// Whether the open moment is still to be written when it begins: the next look may read it better.
    private var isHeld = false
    /// Left out by a model that compares pictures.
    private var repeatedFrames = 0
    /// Described although they are blurred, for want of better ones.
    private var blurredLooks = 0

    /// Of a run that was stopped.
    var earlier: [Moment] { journal?.moments ?? [] }

    /// Where the watching begins.
    var fromSeconds: Double {
        max(request.range.fromSeconds, earlier.last?.range.endSeconds ?? 0)
    }

    init(
        _ request: FilmRequest, _ input: OpenInput, hasCaptioner: Bool, telling notices: Notices
    ) throws {
        try checkThatItCanBeWritten(request.chapters)
        narration = try AudioDescription(request.narration, over: input, telling: notices)
        self.request = request
        self.input = input
        self.notices = notices
        writer = MomentWriter(request.format, input: input.name, label: input.label)
        pictures = writer.needsPictures && request.summaryCount != nil ? try PictureShelf() : nil
        folder = request.framesFolder.map { FramesFolder($0, film: input.label) }
        journal = try request.journal.map { path in
            try Journal(
                path, of: input.name, settings: request.settings(hasCaptioner: hasCaptioner))
        }
        maker = MomentMaker(after: journal?.moments ?? [])
    }

    var head: String { writer.head }

    /// Says what an earlier run found.
    ///
    /// - Throws: `OutputError`.
    mutating func replay(_ moment: Moment, to output: inout Output) throws {
        try begin(moment, to: &output)
        try end(moment, picture: [], to: &output)
    }

    /// - Parameters:
    ///   - frame: the next one.
    ///   - sight: what was found in it.
    ///   - output: gets what is known now.
    /// - Throws: `OutputError`, `JournalError`.
    mutating func add(
        _ frame: PickedFrame, _ sight: Sight, to output: inout Output
    ) throws {
        if sight.isRepeated { repeatedFrames += 1 }
        if frame.facts?.isBlurred == true { blurredLooks += 1 }
        let step = maker.add(frame, sight)
        if isHeld {
            if let held = step.ended ?? maker.open { try begin(held, to: &output) }
        } else if !step.corrected.isEmpty, request.summaryCount == nil {
            output.write(writer.correct(step.corrected, atSeconds: frame.startSeconds))
            try output.flush()
        }
        if let ended = step.ended { try endNew(ended, to: &output) }
        guard var begun = step.begun else { return }
        hasTold = true
        if writer.needsPictures { picture = try encodeJPEG(frame.image.reduced) }
        if let folder {
            begun.picture = try folder.save(
                encodeJPEG(frame.image), atSeconds: frame.frameSeconds)
            maker.notePicture(begun.picture)
        }
        if step.isSure { try begin(begun, to: &output) } else { isHeld = true }
    }

    private mutating func begin(_ moment: Moment, to output: inout Output) throws {
        isHeld = false
        guard request.summaryCount == nil else { return }
        output.write(writer.begin(moment))
        try output.flush()
    }

    /// - Parameters:
    ///   - report: what was found on the way; nil where nothing was left to do.
    ///   - output: gets the rest.
    /// - Throws: `OutputError`, `JournalError`, and what an audio description throws.
    mutating func finish(_ report: FilmReport?, to output: inout Output) throws {
        var report = report ?? FilmReport()
        report.repeatedFrames += repeatedFrames
        report.endSeconds = max(report.endSeconds, earlier.last?.range.endSeconds ?? 0)
        if let last = maker.finish(atSeconds: report.endSeconds) {
            if isHeld { try begin(last, to: &output) }
            try endNew(last, to: &output)
        }
        if let count = request.summaryCount {
            for moment in mostTelling(moments, count: count) {
                let i = moments.firstIndex(of: moment) ?? 0
                output.write(writer.begin(moment))
                output.write(writer.end(moment, picture: pictures?.picture(i) ?? []))
            }
        }
        output.write(writer.finish(report))
        try output.flush()
        tellOfPoorFrames(report)
        if let path = request.chapters { try Chapters.write(moments, to: path) }
        try narration?.write(moments, endSeconds: report.endSeconds)
    }

    private func tellOfPoorFrames(_ report: FilmReport) {
        if !hasTold, report.decodedFrames > 0, report.blankFrames == report.decodedFrames {
            notices.line("\(input.spokenName) shows only black or blank frames")
        }
        guard blurredLooks > 0 else { return }
        let frames = blurredLooks == 1 ? "a blurred frame" : "\(blurredLooks) blurred frames"
        notices.line(
            "\(input.spokenName) has \(frames) with no sharper one near; what is said there may be wrong"
        )
    }

    private mutating func endNew(_ moment: Moment, to output: inout Output) throws {
        try journal?.add(moment)
        try end(moment, picture: picture, to: &output)
    }

    private mutating func end(
        _ moment: Moment, picture: [UInt8], to output: inout Output
    ) throws {
        let areNeeded =
            request.chapters != nil || request.summaryCount != nil || narration != nil
        if areNeeded { moments.append(moment) }
        guard request.summaryCount == nil else {
            try pictures?.add(picture)
            return
        }
        output.write(writer.end(moment, picture: picture))
        try output.flush()
    }
}

extension FilmRequest {
    /// What an earlier run must have had in common with this one to be gone on from.
    func settings(hasCaptioner: Bool) -> String {
        "\(sampling), from \(range.fromSeconds), text \(readsText ? textLanguage : "none"), "
            + "captions \(hasCaptioner ? "yes" : "none")\(prefix.map { ", prefix \($0)" } ?? "")"
    }
}

extension Image {
    /// At most 960 pixels wide, for a page: means of squares.
    fileprivate var reduced: Image {
        let factor = (max(width, height) + 959) / 960
        guard factor > 1 else { return self }
        let (newWidth, newHeight) = (width / factor, height / factor)
        var result: [UInt8] = []
        result.reserveCapacity(3 * newWidth * newHeight)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                for channel in 0..<3 {
                    var sum = 0
                    for row in 0..<factor {
                        let start = 3 * ((y * factor + row) * width + x * factor) + channel
                        for column in 0..<factor { sum += Int(pixels[start + 3 * column]) }
                    }
                    result.append(UInt8(sum / (factor * factor)))
                }
            }
        }
        return Image(width: newWidth, height: newHeight, pixels: result)
    }
}
