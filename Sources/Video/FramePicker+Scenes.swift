import Signals

/// The frames of scenes, and those between on which words appear.
extension FramePicker {
    mutating func see(
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
        try seeWords(frame, grid)
        if grid.isBlank {
            report.blankFrames += 1
        } else if let open = suspected {
            suspected = try considered(frame, grid, for: open)
        } else if let open = window {
            window = try considered(frame, grid, for: open)
            if now >= window?.endSeconds ?? now { try closeWindow(at: now) }
        }
    }

    private mutating func seeWords(_ frame: FrameTime, _ grid: FrameGrid) throws {
        guard watcher?.isDue(at: frame.seconds) == true, let strokes = try strokesOfNow() else {
            return
        }
        let sighting = watcher?.see(strokes, at: frame.seconds)
        // A frame that waits to be picked will be read anyway.
        guard let sighting, window?.best == nil, suspected?.best == nil else { return }
        try pickWords(frame, grid, sighting, strokes)
    }

    private mutating func take(_ finding: SceneFinder.Finding, at now: Double) throws {
        switch finding {
        case .perhaps:
            try pickWindow()
            suspected = PickingWindow(startSeconds: now, openedSeconds: now, reason: .newScene)
        case .notACut:
            // A shot that was black until then goes on waiting.
            if window != nil, let seen = suspected?.best {
                window?.take(seen.grid, at: seen.seconds)
            }
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
        window = PickingWindow(startSeconds: start, openedSeconds: now, reason: reason)
        if reason == .newScene { report.sceneSeconds.append(start) }
    }

    /// - Returns: the window with this frame as its best one, if it is.
    private func considered(
        _ frame: FrameTime, _ grid: FrameGrid, for window: PickingWindow
    ) throws -> PickingWindow {
        guard window.wants(grid) else { return window }
        var open = window
        try source.keep()
        open.take(grid, at: frame.seconds)
        return open
    }

    /// Picks the best frame of the open window, or waits on where it is blurred.
    private mutating func closeWindow(at now: Double) throws {
        guard var open = window, open.best != nil else { return }
        if open.judged == nil { open.judged = try judge() }
        window = open
        guard open.wait(at: now) else { return try pickWindow() }
        window = open
        report.blurredFrames += 1
    }

    /// Picks the best frame of the open window; a window without one stays open.
    private mutating func pickWindow() throws {
        guard let open = window, open.best != nil else { return }
        window = nil
        try pick(open)
    }

    mutating func finishScenes() throws {
        if let finding = finder.finish() { try take(finding, at: report.endSeconds) }
        try pickWindow()
    }
}
