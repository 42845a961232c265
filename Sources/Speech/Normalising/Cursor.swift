/// A place in a sentence, from which rules read what is written.
///
/// A `take` that does not find what it wants returns nil or false and stays where it was.
struct Cursor {
    let text: [Unicode.Scalar]
    var position: Int

    init(_ text: [Unicode.Scalar], at position: Int = 0) {
        self.text = text
        self.position = position
    }

    var isAtEnd: Bool { position >= text.count }

    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        let index = position + distance
        return text.indices.contains(index) ? text[index] : nil
    }

    /// No letter and no digit follows.
    var isAtWordEnd: Bool { !(peek()?.continuesWord ?? false) }

    /// No letter and no digit stands before.
    var isAtWordStart: Bool { !(peek(-1)?.continuesWord ?? false) }

    func isAfter(anyOf set: String) -> Bool {
        peek(-1).map { set.unicodeScalars.contains($0) } ?? false
    }

    /// Small letters follow, and after them white space or nothing.
    var isAtPlainWord: Bool {
        var index = position
        while index < text.count, text[index].isSmall { index += 1 }
        return index == text.count || text[index].isSpace
    }

    /// White space, a closing mark or nothing follows, perhaps after a full stop or a comma.
    var isAtTokenEnd: Bool {
        var distance = 0
        while let next = peek(distance), ".,;:!?)]}\"'”’»…*".unicodeScalars.contains(next) {
            distance += 1
        }
        return peek(distance)?.isSpace ?? true
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    mutating func take(anyOf set: String) -> Unicode.Scalar? {
        guard let next = peek(), set.unicodeScalars.contains(next) else { return nil }
        position += 1
        return next
    }

    /// Takes exactly these characters.
    mutating func take(text wanted: String) -> Bool {
        var distance = 0
        for scalar in wanted.unicodeScalars {
            guard peek(distance) == scalar else { return false }
            distance += 1
        }
        position += distance
        return true
    }

    /// Takes a run of digits, all of it.
    ///
    /// - Parameter counts: how many it may have.
    /// - Returns: nil for none, or another number of them.
    mutating func takeDigits(_ counts: ClosedRange<Int> = 1...18) -> String? {
        takeRun(counts, where: \.isDigit)
    }

    /// Takes a run of letters, all of it.
    mutating func takeLetters(_ counts: ClosedRange<Int> = 1...40) -> String? {
        takeRun(counts, where: \.isLetter)
    }

    /// Takes a run of what the predicate is true of, all of it.
    mutating func takeRun(
        _ counts: ClosedRange<Int> = 1...400, where isPart: (Unicode.Scalar) -> Bool
    ) -> String? {
        var view = String.UnicodeScalarView()
        var distance = 0
        while let next = peek(distance), isPart(next) {
            guard distance < counts.upperBound else { return nil }
            view.append(next)
            distance += 1
        }
        guard distance >= counts.lowerBound else { return nil }
        position += distance
        return String(view)
    }

    /// Takes one space, plain, narrow or without a break.
    mutating func takeSpace() -> Bool {
        guard let next = peek(), next.isSpace, next != "\n" else { return false }
        position += 1
        return true
    }

    /// Takes a dash or a hyphen that may stand between the ends of a range, spaces around it too.
    mutating func takeRangeSign() -> Bool {
        attempt { cursor in
            let hadSpace = cursor.takeSpace()
            guard let sign = cursor.take(anyOf: "-–—‐‑−") else { return nil }
            // "10 - 5" is arithmetic.
            guard cursor.takeSpace() == hadSpace, !(hadSpace && sign == "-") else { return nil }
            return true
        } ?? false
    }

    /// Lets `body` take several things; where it returns nil, nothing was taken.
    mutating func attempt<T>(_ body: (inout Cursor) -> T?) -> T? {
        let before = position
        let result = body(&self)
        if result == nil { position = before }
        return result
    }

    /// The word before this place, after a space; empty where another mark stands between.
    var previousWord: String {
        var end = position
        while end > 0, text[end - 1].isSpace { end -= 1 }
        guard end < position else { return "" }
        if end > 0, text[end - 1] == "." { end -= 1 }
        var start = end
        while start > 0, text[start - 1].isLetter || text[start - 1] == "-" {
            start -= 1
        }
        return String(String.UnicodeScalarView(text[start..<end]))
    }

    /// The word after this place and a space, left where it is; empty where there is none.
    var nextWord: String {
        var ahead = self
        guard ahead.takeSpace() else { return "" }
        return ahead.takeLetters() ?? ""
    }
}
