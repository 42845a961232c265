import CMedia

/// Where the light of a frame steps sharply along some of its lines, as at the strokes of letters.
///
/// For each cell of a `FrameGrid` four lines, a bit for each place.
struct StrokeMap: Sendable {
    private let marks: [UInt64]
    /// Of the lines of a cell, at most 64.
    private let placesInLine: Int

    static let wordCount = Int(CC_STROKE_WORDS)
    static let lineCount = FrameGrid.height * Int(CC_STROKE_LINES)
    /// Of a screen on which nothing stands.
    static let none = StrokeMap(marks: [UInt64](repeating: 0, count: wordCount), placesInLine: 64)

    /// - Precondition: `marks` holds `wordCount` words.
    init(marks: [UInt64], placesInLine: Int) {
        precondition(marks.count == Self.wordCount, "\(marks.count) words of marks")
        self.marks = marks
        self.placesInLine = placesInLine
    }

    /// How much of a cell's lines a letter marks at least; and less than three marks are noise.
    private static let leastShare = 0.08
    private static let fewestMarks = 3

    private var leastMarks: Int {
        let places = Double(placesInLine * Int(CC_STROKE_LINES))
        return max(Self.fewestMarks, Int(Self.leastShare * places))
    }

    /// What has come of known strokes.
    enum Change {
        case none
        /// Something that may be words stands there now.
        case words
        /// The camera rests before something else.
        case everything
    }

    /// A short word, of 64 cells in a row.
    private static let leastCells = 4
    /// More than words laid over a picture take, of 36.
    private static let manyRows = 12

    /// - Parameters:
    ///   - looks: at the screen shortly before, which had most of the same strokes.
    ///   - known: what the change is from.
    /// - Returns: the change to strokes that stand still.
    func change(steadySince looks: (StrokeMap, StrokeMap), from known: StrokeMap) -> Change {
        // Safe: all four have as many words as C reads.
        let change = unsafe cc_strokes_compare(
            marks, looks.0.marks, looks.1.marks, known.marks, leastMarks)
        guard change.cells >= Self.leastCells else { return .none }
        let isElsewhere = change.rows > Self.manyRows && 2 * change.gone > change.known
        return isElsewhere ? .everything : .words
    }

    /// Compares single signs in words that are the same.
    ///
    /// - Parameters:
    ///   - known: what was read.
    ///   - before: the look before this one.
    ///   - ages: of the cells, as `SignWatcher` keeps them.
    /// - Returns: whether some are others than those known.
    func hasOtherSigns(
        than known: StrokeMap, after before: StrokeMap, ages: inout [UInt8]
    ) -> Bool {
        precondition(ages.count == Int(CC_GRID_CELLS), "\(ages.count) ages")
        // Safe: all three have as many words as C reads, and there are as many ages as cells.
        return unsafe cc_strokes_signs(marks, before.marks, known.marks, leastMarks, &ages) > 0
    }

    /// How far text moved up.
    ///
    /// - Parameter before: an earlier look.
    /// - Returns: lines, of `lineCount`, and the share of all that moved, 0 to 1.
    func rise(since before: StrokeMap) -> (lines: Int, share: Double) {
        // Safe: both have as many words as C reads.
        let shift = unsafe cc_strokes_shift(marks, before.marks)
        return (shift.lines, Double(shift.share))
    }
}
