import Describing
import Reading
import Signals

/// One line as it was read on the screen, and what a later reading of it tells.
struct ScreenReading {
    let text: String
    /// Where it stands, in pixels of the frame; nil where that was not kept.
    let box: Box?
    /// How sure the recogniser is, 0 to 1.
    let confidence: Double
    /// In small letters, with one sign for those that recognisers take for each other.
    private let letters: [Character]
    private let words: [[Character]]
    /// In order, but not times of the day, which run.
    private let numbers: [String]

    /// What a reading says that comes after another.
    enum News {
        /// Nothing; it may be read better or worse.
        case none
        /// Another number in the same words.
        case number
        /// All of what was read in part or badly before.
        case fuller
        case everything
    }

    /// Of the letters, so many may be read differently the next time.
    private static let mostMisread = 0.25
    /// And where one of both readings was a bad one.
    private static let mostMisreadBadly = 0.5
    /// Words of whole lines are 0.9 and more, those in a fade or a blur less.
    static let sure = 0.85
    /// A number that is read as another one is 0.4 to 0.8.
    private static let sureNumber = 0.8
    /// Between the confidences of a bad reading and a good one.
    private static let better = 0.03
    /// What is written letter by letter is there so soon, in seconds.
    private static let growing = 3.0

    init(_ text: String, in box: Box? = nil, confidence: Double = 1) {
        self.text = text
        self.box = box
        self.confidence = confidence
        var words: [[Character]] = []
        var numbers: [String] = []
        var letters: [Character] = []
        for word in text.lowercased().split(whereSeparator: \.isWhitespace) {
            let signs = word.filter { $0.isLetter || $0.isNumber }
            guard !signs.isEmpty else { continue }
            let isClock = Self.isClock(word)
            let folded = signs.map { isClock ? "o" : Self.alike[$0] ?? $0 }
            letters += folded
            if !isClock, signs.allSatisfy(\.isNumber) {
                numbers.append(signs)
            } else {
                words.append(folded)
            }
        }
        self.words = words
        self.numbers = numbers
        self.letters = letters
    }

    /// Letters and digits.
    var length: Int { letters.count }

    /// Whether it is the score of a game, "2 : 1" or "10-8", which may be shorter than words.
    var isScore: Bool {
        let sides = text.split(whereSeparator: { ":-–".contains($0) }).map { side in
            side.filter { !$0.isWhitespace }
        }
        return confidence >= Self.sureNumber && sides.count == 2
            && sides.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) }
    }

    /// Of the height of a frame.
    private static let edge = 0.02

    /// Whether it reaches the upper or the lower edge of a frame.
    func isCut(atEdgesOf height: Int) -> Bool {
        guard let box else { return false }
        let margin = Int(Self.edge * Double(height))
        return box.y < margin || box.y + box.height > height - margin
    }

    private static let alike: [Character: Character] = [
        "0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "2": "z",
    ]

    /// "9:05", "00:12:31": digits, and groups of two; its edge may be read as a bracket or a bar.
    private static func isClock(_ word: Substring) -> Bool {
        let isEdge = { (sign: Character) in !sign.isLetter && !sign.isNumber }
        let inside = String(word.drop(while: isEdge).reversed().drop(while: isEdge).reversed())
        let groups = inside.split(separator: ":", omittingEmptySubsequences: false)
        return groups.count > 1 && groups[0].count <= 2
            && groups.dropFirst().allSatisfy { $0.count == 2 }
            && groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }
}

extension ScreenReading {
    /// - Parameters:
    ///   - later: read at a look after this one.
    ///   - seconds: between both.
    /// - Returns: what it tells to whom this one was told.
    func news(in later: ScreenReading, after seconds: Double) -> News {
        let longest = Double(max(length, later.length))
        let gap = Double(editDistance(letters, later.letters))
        let isHere = isInPlace(of: later)
        if gap <= (longest * Self.mostMisread).rounded(.down) {
            let sureness = min(confidence, later.confidence)
            if sureness >= Self.sureNumber, hasOtherNumbers(than: later) {
                return isHere ? .number : .everything
            }
            return sureness >= Self.sure && hasOtherWords(than: later) ? .everything : .none
        }
        guard isHere else { return .everything }
        let isGrowing = seconds <= Self.growing && isPart(of: later)
        let isFading = later.confidence < Self.sure && later.isPart(of: self)
        if gap <= longest * Self.mostMisreadBadly {
            if confidence < min(Self.sure, later.confidence - Self.better) { return .fuller }
            if later.confidence < min(Self.sure, confidence - Self.better) { return .none }
        }
        return isGrowing ? .fuller : isFading ? .none : .everything
    }

    /// Whether both lie over each other for the most part.
    private func isInPlace(of other: ScreenReading) -> Bool {
        guard let a = box, let b = other.box else { return true }
        let width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        let height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        return 2 * width > min(a.width, b.width) && 2 * height > min(a.height, b.height)
    }

    private func hasOtherNumbers(than other: ScreenReading) -> Bool {
        guard numbers != other.numbers, words.count == other.words.count else { return false }
        if numbers.count == other.numbers.count { return true }
        // A stray one is read into a line now and then, and two are read as one.
        let (a, b) = (numbers.joined(), other.numbers.joined())
        return !a.isEmpty && !b.isEmpty && !a.holdsInOrder(b) && !b.holdsInOrder(a)
    }

    /// Whether a word is in one of both only, even where a letter in three was misread.
    private func hasOtherWords(than other: ScreenReading) -> Bool {
        Self.isAnyNew(words, other.words) || Self.isAnyNew(other.words, words)
    }

    private static func isAnyNew(_ words: [[Character]], _ known: [[Character]]) -> Bool {
        words.contains { word in
            word.count > 1
                && !known.contains { editDistance(word, $0) <= max(word.count, $0.count) / 4 }
        }
    }

    /// Whether the other begins with the same letters, or holds them, and goes on.
    private func isPart(of other: ScreenReading) -> Bool {
        guard length < other.length else { return false }
        let start = Array(other.letters.prefix(length))
        return editDistance(letters, start) <= Int(Double(length) * Self.mostMisread)
            || other.letters.contains(letters)
    }
}

extension String {
    /// Whether all signs of the other are in it, one after the other, with any between.
    fileprivate func holdsInOrder(_ other: String) -> Bool {
        var rest = other[...]
        for sign in self where sign == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}
