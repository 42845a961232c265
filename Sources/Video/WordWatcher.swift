/// Notices that words may have appeared on the screen, without reading them.
///
///     looks    . . . . E E E E E ES ES      E: the strokes of EXIT; S: those of a second word
///     told             ^        ^           once they have stood still for a moment
///
/// Strokes that move are a camera's or an actor's, and are left to the looks of a scene, but those that
/// all move up are the names at the end of a film.
struct WordWatcher {
    /// What may be words that are not known.
    struct Sighting {
        let startSeconds: Double
        /// Whether they scroll up.
        let isRolling: Bool
    }

    private var signs = SignWatcher()
    private var roll = RollWatcher()
    private var looks: [(seconds: Double, strokes: StrokeMap)] = []
    /// What stood on the screen when it was last read.
    private var known = StrokeMap.none
    private var quietUntil = 0.0
    /// When what came is looked at once more, and what it came upon: no reader reads all at once.
    private var again: (seconds: Double, from: StrokeMap)?
    /// Whether what `see` last told is such a second look.
    private var isAgain = false

    /// Between two looks; strokes that are in three of them stand still.
    private static let interval = 0.2
    private static let looksNeeded = 3
    /// For titles that appear letter by letter.
    private static let patience = 1.0
    private static let secondLook = 1.5

    /// - Parameter seconds: the time of the present frame.
    /// - Returns: whether it should be seen.
    func isDue(at seconds: Double) -> Bool {
        looks.last.map { seconds - $0.seconds >= Self.interval - 0.0005 } ?? true
    }

    /// Whether text scrolls up at present.
    var isRolling: Bool { roll.isRolling }

    /// Takes a frame.
    ///
    /// - Returns: what may be words and stands there since; nil where nothing is new.
    mutating func see(_ strokes: StrokeMap, at seconds: Double) -> Sighting? {
        looks.append((seconds, strokes))
        if looks.count > Self.looksNeeded { looks.removeFirst() }
        guard looks.count == Self.looksNeeded else { return nil }
        let isQuiet = seconds < quietUntil
        let hasRolled = roll.see(looks[2], after: looks[0])
        let areOtherSigns = signs.see(
            strokes, after: looks[1].strokes, known: known, at: seconds, mayTell: !isQuiet)
        guard !isQuiet else { return nil }
        if hasRolled { return Sighting(startSeconds: seconds, isRolling: true) }
        guard let start = standing(strokes, at: seconds) ?? (areOtherSigns ? looks[0].seconds : nil)
        else { return nil }
        return Sighting(startSeconds: start, isRolling: false)
    }

    /// - Returns: since when something that may be words stands there; nil where nothing is new.
    private mutating func standing(_ strokes: StrokeMap, at seconds: Double) -> Double? {
        isAgain = false
        let shortlyBefore = (looks[1].strokes, looks[0].strokes)
        if let due = again, seconds >= due.seconds {
            again = nil
            isAgain = strokes.change(steadySince: shortlyBefore, from: due.from) == .words
            if isAgain { return looks[0].seconds }
        }
        switch strokes.change(steadySince: shortlyBefore, from: known) {
        case .none: return nil
        case .words: return looks[0].seconds
        case .everything:
            // Words in it are left to the next look at the scene.
            known = strokes
            return nil
        }
    }

    /// - Returns: whether a frame by itself holds something that may be words and was not read yet.
    func mayHoldWords(_ strokes: StrokeMap) -> Bool {
        strokes.change(steadySince: (strokes, strokes), from: known) == .words
    }

    /// Notes that the screen is read.
    ///
    /// - Parameters:
    ///   - strokes: of the frame that is read.
    ///   - seconds: the time of the present frame.
    ///   - isForWords: because of what `see` told.
    mutating func note(read strokes: StrokeMap, at seconds: Double, forWords isForWords: Bool) {
        again = isForWords && !isAgain ? (seconds + Self.secondLook, known) : nil
        known = strokes
        quietUntil = seconds + Self.patience
        roll.noteRead(at: seconds)
    }
}
