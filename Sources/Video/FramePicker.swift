import Reading
import Signals

/// Goes through a film and picks the frames that are worth a look.
///
///     frames    bbbbbbAAAAAAAAAAAABBBBBBBBBB      b: black, passed over
///     scenes          ^           ^
///     windows         [----]      [----]          a second each; the sharpest frame is picked
///     words                   ^                   something that may be words stands there now
///
/// One frame at a time is in memory, and the best one of the window.
package struct FramePicker: ~Copyable {
    let source: any FrameSource
    let range: FilmRange
    private let options: FilmOptions
    private let sampling: Sampling
    private let sink: (PickedFrame) throws -> Bool

    var finder = SceneFinder()
    var watcher: WordWatcher?
    var window: PickingWindow?
    /// Of a frame that may begin a shot.
    var suspected: PickingWindow?
    var lastPicked: (seconds: Double, grid: FrameGrid)?
    private var nextSeconds: Double
    private var lastDuration = 0.0
    private var wantsMore = true
    package internal(set) var report = FilmReport()

    /// As large as needed to read text on a screen; a caption needs far less.
    private static let longestSide = 1920

    /// Opens the film.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading, a file or a pipe; it is not closed, and must stay open.
    ///   - options: how to read it.
    ///   - sampling: which frames are wanted; with `keyframes` only those are decoded.
    ///   - range: which part is wanted.
    ///   - sink: takes each frame as soon as it is picked, and says whether it wants more.
    /// - Throws: `FilmError`, `SoundInputError` where a pipe cannot be kept.
    package init(
        descriptor: Int32, options: FilmOptions, sampling: Sampling, range: FilmRange,
        sink: @escaping (PickedFrame) throws -> Bool
    ) throws {
        var options = options
        options.keyframesOnly = sampling == .keyframes
        let film = try openFilm(descriptor, options)
        if range.fromSeconds > 0 { film.seek(toSeconds: range.fromSeconds) }
        source = film
        self.options = options
        self.sampling = sampling
        self.range = range
        self.sink = sink
        watcher = options.noticesWords ? WordWatcher() : nil
        nextSeconds = range.fromSeconds
        report.promisedSeconds = film.durationSeconds
    }

    /// Goes through the film to its end, or to the end of what is wanted.
    ///
    /// - Throws: `FilmError`, and what the sink throws.
    package mutating func run() throws {
        while wantsMore, let frame = try source.next() {
            guard frame.seconds >= range.fromSeconds - 0.0005 else { continue }
            if let end = range.toSeconds, frame.seconds >= end { break }
            report.decodedFrames += 1
            report.endSeconds = max(report.endSeconds, frame.seconds)
            lastDuration = frame.durationSeconds
            let grid = try source.look()
            switch sampling {
            case .scenes(let gap): try see(frame, grid, longestGapSeconds: gap)
            case .every(let interval): try sample(frame, grid, every: interval)
            case .keyframes: try pickAtOnce(frame, grid)
            }
        }
        if wantsMore { try finishScenes() }
        report.damage = source.damage
        if report.decodedFrames > 0 { return takeLength() }
        if let damage = report.damage { throw damage }
        throw range.fromSeconds > 0
            ? FilmError.startsAfterEnd(fromSeconds: range.fromSeconds) : .noFrames
    }

    /// The last frame is shown for a while, which the header tells, or the frame itself.
    private mutating func takeLength() {
        guard wantsMore, range.toSeconds == nil, report.damage == nil else { return }
        let last = report.endSeconds
        let told = [report.promisedSeconds ?? 0, last + lastDuration]
        report.endSeconds = told.filter { $0 < last + Self.longestLastFrame }.max() ?? last
    }

    private static let longestLastFrame = 10.0
}

extension FramePicker {
    private mutating func sample(
        _ frame: FrameTime, _ grid: FrameGrid, every interval: Double
    ) throws {
        guard frame.seconds >= nextSeconds - 0.0005 else { return }
        // Whole steps, so that times do not drift.
        let steps = ((frame.seconds - range.fromSeconds + 0.0005) / interval).rounded(.down) + 1
        nextSeconds = range.fromSeconds + steps * interval
        try pickAtOnce(frame, grid)
    }

    private mutating func pickAtOnce(_ frame: FrameTime, _ grid: FrameGrid) throws {
        guard !grid.isBlank else {
            report.blankFrames += 1
            // A line of small print on black is blank from afar.
            guard let strokes = try strokesOfNow(), watcher?.mayHoldWords(strokes) == true else {
                return
            }
            let sighting = WordWatcher.Sighting(startSeconds: frame.seconds, isRolling: false)
            return try pickWords(frame, grid, sighting, strokes)
        }
        try source.keep()
        let isNew = lastPicked.map { grid.distance(to: $0.grid) >= 15 } ?? true
        var single = PickingWindow(
            startSeconds: frame.seconds, openedSeconds: frame.seconds,
            reason: isNew ? .newScene : .later)
        single.take(grid, at: frame.seconds)
        try pick(single)
    }

    /// - Returns: of the frame at hand; nil where words are not wanted.
    func strokesOfNow() throws(FilmError) -> StrokeMap? {
        watcher == nil ? nil : try source.strokes(ofKept: false)
    }

    /// Gives out the best frame of a window, unless it shows what the one before shows.
    mutating func pick(_ window: PickingWindow) throws {
        guard wantsMore, let best = window.best else { return }
        if let last = lastPicked, best.grid.isNearly(last.grid) {
            report.repeatedFrames += 1
            // The next look is due a whole gap later.
            lastPicked = (best.seconds, last.grid)
            return
        }
        lastPicked = (best.seconds, best.grid)
        report.pickedFrames += 1
        if watcher != nil {
            watcher?.note(
                read: try source.strokes(ofKept: true), at: report.endSeconds, forWords: false)
        }
        let judged = if let known = window.judged { known } else { try judge() }
        let frame = PickedFrame(
            startSeconds: window.startSeconds, frameSeconds: best.seconds, reason: window.reason,
            isRolling: watcher?.isRolling ?? false, image: judged.image, grid: best.grid,
            facts: judged.facts)
        wantsMore = try sink(frame)
        if let most = range.mostFrames, report.pickedFrames >= most {
            wantsMore = false
            report.hasStoppedEarly = true
        }
    }

    /// Gives out the frame at hand for its words alone.
    ///
    /// - Precondition: no frame is kept for a pick.
    mutating func pickWords(
        _ frame: FrameTime, _ grid: FrameGrid, _ sighting: WordWatcher.Sighting,
        _ strokes: StrokeMap
    ) throws {
        try source.keep()
        watcher?.note(read: strokes, at: frame.seconds, forWords: true)
        let image = try source.picture(longestSide: Self.longestSide)
        wantsMore = try sink(
            PickedFrame(
                startSeconds: sighting.startSeconds, frameSeconds: frame.seconds, reason: .words,
                isRolling: sighting.isRolling, image: image, grid: grid, facts: nil))
    }

    /// The kept frame as it is shown, and how good it is.
    func judge() throws(FilmError) -> PickingWindow.Judged {
        let image = try source.picture(longestSide: Self.longestSide)
        return (image, options.measuresFrames ? Facts(measuring: image) : nil)
    }
}
