/// Follows text that scrolls up the screen, so that each line is read once.
///
///     travelled  0 ........ 0.6 ........ 1.2 .....    heights of the screen
///     told                  ^            ^            each line is on the screen for one height
struct RollWatcher {
    /// Lines of a `StrokeMap` that went by since the screen was last read.
    private var travelled = 0.0
    /// Lines a second.
    private var pace = 0.0
    private var lastRolled: Double?
    private var lastSeen: Double?
    /// By which all moved up when it was seen last; 0 where not all did.
    private var lastLines = 0
    private var lastRead = -Double.infinity

    /// Other movement has 0.4 at most.
    private static let leastShare = 0.45
    /// Where the lines stand wide apart, none may move for so long.
    private static let patience = 1.0
    /// The rest is for lines that are cut by an edge at one look, and for those that are misread.
    private static let shareOfHeight = 0.6
    /// Text that is faster cannot be read by people either.
    private static let leastInterval = 2.0

    /// Whether text scrolls up at present.
    var isRolling: Bool { lastRolled != nil }

    /// Takes a look.
    ///
    /// - Parameters:
    ///   - now: the strokes and their time.
    ///   - earlier: the last look but one.
    /// - Returns: whether lines have come that are to be read now.
    mutating func see(
        _ now: (seconds: Double, strokes: StrokeMap),
        after earlier: (seconds: Double, strokes: StrokeMap)
    ) -> Bool {
        let rise = now.strokes.rise(since: earlier.strokes)
        let lines = rise.share >= Self.leastShare ? rise.lines : 0
        let isSteady = lines > 0 && lastLines > 0 && abs(lines - lastLines) <= 1
        lastLines = lines
        if isSteady {
            pace = Double(lines) / (now.seconds - earlier.seconds)
            lastRolled = now.seconds
        } else if now.seconds - (lastRolled ?? now.seconds) > Self.patience {
            lastRolled = nil
        }
        defer { lastSeen = now.seconds }
        guard isRolling else {
            travelled = 0
            return false
        }
        travelled += pace * (now.seconds - (lastSeen ?? now.seconds))
        return travelled >= Self.shareOfHeight * Double(StrokeMap.lineCount)
            && now.seconds - lastRead >= Self.leastInterval
    }

    mutating func noteRead(at seconds: Double) {
        travelled = 0
        lastRead = seconds
    }
}
