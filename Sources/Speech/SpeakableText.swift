/// Text that the engine survives: the same words, without what crashes it or steers it.
///
/// libespeak-ng 1.51 aborts on eighty-eight letters with a dot after each, with or without other
/// marks and spaces between, and on a word with seventy endings such as 's; some of its voices read
/// outside their tables on stray joiners and invisible marks.
package struct SpeakableText: Sendable, Equatable {
    package let text: String
    /// Where the scalars of ``text`` stand in what it was made of: runs that stand without a gap.
    private let shifts: [Shift]

    private struct Shift: Sendable, Equatable {
        let spoken: Int
        let source: Int
    }

    /// No word is longer; base64 is.
    private static let longestToken = 400

    /// More apostrophes than any word has; English takes what follows each for an ending.
    private static let mostApostrophes = 8

    package init(_ source: String) {
        var result = String.UnicodeScalarView()
        var shifts = [Shift(spoken: 0, source: 0)]
        var count = 0
        var tokenLength = 0
        var apostropheCount = 0
        var dotted = DottedRun()
        let scalars = Array(source.unicodeScalars)
        func append(_ scalar: Unicode.Scalar, from source: Int) {
            if let last = shifts.last, source - count != last.source - last.spoken {
                shifts.append(Shift(spoken: count, source: source))
            }
            result.append(scalar)
            count += 1
        }
        for (i, scalar) in scalars.enumerated() {
            if scalar.isSpace {
                append(scalar == "\n" ? "\n" : " ", from: i)
                (tokenLength, apostropheCount) = (0, 0)
                dotted.add(scalar)
                continue
            }
            guard Self.isSpoken(scalar, after: result.last, before: scalars, i + 1) else {
                continue
            }
            if scalar == ".", dotted.endsWithDot() {
                append(" ", from: i)
                tokenLength = 0
                continue
            }
            if scalar.isApostrophe { apostropheCount += 1 }
            if tokenLength == Self.longestToken || apostropheCount > Self.mostApostrophes {
                append(" ", from: i)
                (tokenLength, apostropheCount) = (0, scalar.isApostrophe ? 1 : 0)
            }
            append(scalar, from: i)
            tokenLength += 1
            dotted.add(scalar)
        }
        text = String(result)
        self.shifts = shifts
    }

    /// What another process made speakable already.
    init(passedOn text: String) {
        self.text = text
        shifts = [Shift(spoken: 0, source: 0)]
    }

    /// - Parameter offset: of a scalar of ``text``.
    /// - Returns: of the scalar that it stands for in what the text was made of.
    package func sourceOffset(of offset: Int) -> Int {
        let shift = shifts.last { $0.spoken <= offset } ?? Shift(spoken: 0, source: 0)
        return shift.source + offset - shift.spoken
    }

    /// Nothing in it that makes a sound.
    package var isSilent: Bool { text.unicodeScalars.allSatisfy(\.isSpace) }

    /// Whether nothing makes a sound of what is left of some text.
    static func isSilent(_ source: some Sequence<Unicode.Scalar>) -> Bool {
        source.allSatisfy { $0.isSpace || $0.isJoiner || !isSpoken($0) }
    }

    private static func isSpoken(
        _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before all: [Unicode.Scalar],
        _ next: Int
    ) -> Bool {
        // Joiners belong between two letters or two emoji.
        guard scalar.isJoiner else { return isSpoken(scalar) }
        return (previous?.canBeJoined ?? false) && next < all.count && all[next].canBeJoined
    }

    private static func isSpoken(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: true
        case 0..<0x20, 0x7F..<0xA0: false  // controls: command 1 of the engine is control-A
        case 0xFFFD: false  // what was invalid has no name
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: false  // direction
        case 0x00AD, 0x200B, 0x2060...0x2064, 0x206A...0x206F, 0xFEFF: false  // invisible
        case 0xFE00...0xFE0F, 0xE0000...0xE0FFF: false  // variation selectors, tags
        case 0xFDD0...0xFDEF: false  // no characters
        case _ where scalar.value & 0xFFFE == 0xFFFE: false
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: false  // private: nobody knows their names
        default: true
        }
    }
}

/// Counts `A.A.A.`, single letters with a dot after each, and ends the run in time.
private struct DottedRun {
    /// 84 pass and 88 abort; 20 is far from both.
    private static let longest = 20

    private var pairCount = 0
    /// Of the last word.
    private var letterCount = 0
    private var isInWord = false
    private var isEnded = false

    /// Anything but a dot.
    mutating func add(_ scalar: Unicode.Scalar) {
        guard scalar.isLetter || scalar.isNumeric else {
            isInWord = false
            return
        }
        letterCount = isInWord ? letterCount + 1 : 1
        isInWord = true
        isEnded = false
        if letterCount == 2 { pairCount = 0 }
    }

    /// - Returns: whether the dot that comes is one too many, and a space has to take its place.
    mutating func endsWithDot() -> Bool {
        if letterCount == 1 { pairCount += 1 }
        letterCount = 0
        isInWord = false
        if pairCount == Self.longest {
            pairCount = 0
            isEnded = true
        }
        return isEnded
    }
}

extension Unicode.Scalar {
    fileprivate var isApostrophe: Bool { self == "'" || self == "’" || self == "ʼ" || self == "‘" }

    fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }

    fileprivate var canBeJoined: Bool { !isASCII && !isSpace && !isJoiner }
}
