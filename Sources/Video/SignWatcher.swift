/// Notices that a sign or two are others in words that stay, as in a score.
///
/// Signs that change again within twelve seconds run, as those of a clock do, and are left alone until
/// they rest.
struct SignWatcher {
    /// For each cell of a `FrameGrid`, as `cc_strokes_signs` keeps it.
    private var ages = [UInt8](repeating: .max, count: FrameGrid.width * FrameGrid.height)
    private var quietUntil = 0.0

    /// A ground with much in it may change a little all the time.
    private static let interval = 10.0

    /// Takes a look.
    ///
    /// - Parameters:
    ///   - strokes: of the present frame.
    ///   - before: of the look before.
    ///   - known: of what was last read.
    ///   - seconds: the time of the present frame.
    ///   - mayTell: false where nothing is wanted now.
    /// - Returns: whether signs are others since a moment ago.
    mutating func see(
        _ strokes: StrokeMap, after before: StrokeMap, known: StrokeMap, at seconds: Double,
        mayTell: Bool
    ) -> Bool {
        let areOther = strokes.hasOtherSigns(than: known, after: before, ages: &ages)
        guard areOther, mayTell, seconds >= quietUntil else { return false }
        quietUntil = seconds + Self.interval
        return true
    }
}
