import Signals

/// Goes through a film and picks the frames that are worth a look.
///
///     frames    bbbbbbAAAAAAAAAAAABBBBBBBBBB      b: black, passed over
///     scenes          ^           ^
///     windows         [----]      [----]          a second each; the sharpest frame is picked
///
/// One frame at a time is in memory, and the best one of the window.
package struct FramePicker: ~Copyable {
    private let source: any FrameSource
    private let sampling: Sampling
    private let range: FilmRange
    private let sink: (PickedFrame) throws -> Bool

    private var finder = SceneFinder()
    private var window: Window?
    /// Of a frame that may begin a shot.
    private var suspected: Window?
    private var lastPicked: (seconds: Double, grid: FrameGrid)?
    private var nextSeconds: Double
    private var wantsMore = true
    package private(set) var report = FilmReport()

    /// For the sharpest frame of a new shot; the first frames of one are often half of a transition.
    private static let windowSeconds = 1.0
    /// As large as needed to read text on a screen; a caption needs far less.
    private static let longestSide = 1920
    /// So much sharper that it is worth keeping another frame.
    private static let sharper = 1.15

    /// A stretch of the film of which one frame is wanted.
    private struct Window {
        var startSeconds: Double
        var endSeconds: Double
        var reason: PickedFrame.Reason
        /// The one that is kept.
        var best: (seconds: Double, grid: FrameGrid)?
    }

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
        self.sampling = sampling
        self.range = range
        self.sink = sink
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

    /// The last frame is shown for a while, which only the header tells.
    private mutating func takeLength() {
        guard wantsMore, range.toSeconds == nil, report.damage == nil,
            let promised = report.promisedSeconds, promised > report.endSeconds,
            promised < report.endSeconds + Self.longestLastFrame
        else { return }
        report.endSeconds = promised
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
            return
        }
        try source.keep()
        let isNew = lastPicked.map { grid.distance(to: $0.grid) >= 15 } ?? true
        var single = Window(
            startSeconds: frame.seconds, endSeconds: frame.seconds,
            reason: isNew ? .newScene : .later)
        single.best = (frame.seconds, grid)
        try pick(single)
    }

    private mutating func see(
        _ frame: FrameTime, _ grid: FrameGrid, longestGapSeconds: Double
    ) throws {
        let now = frame.seconds
        if report.decodedFrames == 1 { open(at: now, from: now, reason: .newScene) }
        for finding in finder.see(grid, at: now) { try take(finding, at: now) }
        if window == nil, suspected == nil, let last = lastPicked,
            now - last.seconds >= longestGapSeconds
        {
            open(at: now, from: now, reason: .later)
        }
        if grid.isBlank {
            report.blankFrames += 1
            return
        }
        if let open = suspected {
            suspected = try considered(frame, grid, for: open)
        } else if let open = window {
            window = try considered(frame, grid, for: open)
            if now >= window?.endSeconds ?? now { try pickWindow() }
        }
    }

    private mutating func take(_ finding: SceneFinder.Finding, at now: Double) throws {
        switch finding {
        case .perhaps:
            try pickWindow()
            suspected = Window(
                startSeconds: now, endSeconds: now + Self.windowSeconds, reason: .newScene)
        case .notACut:
            // A shot that was black until then goes on waiting.
            if window != nil { window?.best = suspected?.best }
            suspected = nil
        case .cut(let seconds):
            if var begun = suspected {
                begun.startSeconds = seconds
                window = begun
            }
            suspected = nil
            report.sceneSeconds.append(seconds)
        case .dissolved(let seconds):
            try pickWindow()
            open(at: seconds, from: now, reason: .newScene)
        case .moved(let seconds):
            try pickWindow()
            open(at: seconds, from: now, reason: .later)
        }
    }

    private mutating func open(at start: Double, from now: Double, reason: PickedFrame.Reason) {
        window = Window(
            startSeconds: start, endSeconds: now + Self.windowSeconds, reason: reason)
        if reason == .newScene { report.sceneSeconds.append(start) }
    }

    /// - Returns: the window with this frame as its best one, if it is.
    private func considered(
        _ frame: FrameTime, _ grid: FrameGrid, for window: Window
    ) throws -> Window {
        var open = window
        if let best = open.best {
            guard grid.sharpness > Self.sharper * best.grid.sharpness else { return open }
        } else if frame.seconds >= open.endSeconds {
            // It was black, and fades in.
            open.startSeconds = frame.seconds
            open.endSeconds = frame.seconds + Self.windowSeconds
        }
        try source.keep()
        open.best = (frame.seconds, grid)
        return open
    }

    /// Picks the best frame of the open window; a window without one stays open.
    private mutating func pickWindow() throws {
        guard let open = window, open.best != nil else { return }
        window = nil
        try pick(open)
    }

    private mutating func finishScenes() throws {
        if let finding = finder.finish() { try take(finding, at: report.endSeconds) }
        try pickWindow()
    }

    private mutating func pick(_ window: Window) throws {
        guard wantsMore, let best = window.best else { return }
        if let last = lastPicked, best.grid.isNearly(last.grid) {
            report.repeatedFrames += 1
            // The next look is due a whole gap later.
            lastPicked = (best.seconds, last.grid)
            return
        }
        lastPicked = best
        report.pickedFrames += 1
        let frame = PickedFrame(
            startSeconds: window.startSeconds, frameSeconds: best.seconds, reason: window.reason,
            image: try source.picture(longestSide: Self.longestSide), grid: best.grid)
        wantsMore = try sink(frame)
        if let most = range.mostFrames, report.pickedFrames >= most {
            wantsMore = false
            report.hasStoppedEarly = true
        }
    }
}
