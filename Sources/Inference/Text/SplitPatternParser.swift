/// Reads the source of a `SplitPattern`; every function gives nil where it is not understood.
struct SplitPatternParser {
    private let source: [Unicode.Scalar]
    private var position = 0

    init(_ source: String) { self.source = Array(source.unicodeScalars) }

    var isAtEnd: Bool { position == source.count }

    /// Alternatives, each flattened to a row of sets: a group in the middle multiplies them.
    mutating func choices(ignoringCase: Bool = false) -> [[SplitPattern.Item]]? {
        var choices: [[SplitPattern.Item]] = []
        repeat {
            var rows: [[SplitPattern.Item]] = [[]]
            while let next = peek, next != "|", next != ")" {
                guard let continuations = item(ignoringCase: ignoringCase),
                    rows.count * continuations.count <= 64
                else { return nil }
                rows = rows.flatMap { row in continuations.map { row + $0 } }
            }
            choices += rows
        } while take("|")
        return choices
    }

    private mutating func item(ignoringCase: Bool) -> [[SplitPattern.Item]]? {
        if take("(?!") {
            guard let set = set(), take(")") else { return nil }
            return [[.notFollowedBy(set)]]
        }
        for (opening, ignores) in [("(?i:", true), ("(?:", ignoringCase)] where take(opening) {
            guard let inner = choices(ignoringCase: ignores), take(")"), quantifier() == nil else {
                return nil
            }
            return inner
        }
        guard var set = set() else { return nil }
        if ignoringCase { set.ignoreCase() }
        let (atLeast, atMost) = quantifier() ?? (1, 1)
        // Lazy and possessive quantifiers are not in the language.
        if let next = peek, "?+*{".unicodeScalars.contains(next) { return nil }
        return [[.run(set, atLeast: atLeast, atMost: atMost)]]
    }

    /// Nil where none follows or it is not understood; what is left then is refused as a set.
    private mutating func quantifier() -> (Int, Int)? {
        if take("?") { return (0, 1) }
        if take("*") { return (0, .max) }
        if take("+") { return (1, .max) }
        let start = position
        if take("{"), let atLeast = number() {
            if take("}") { return (atLeast, atLeast) }
            if take(",}") { return (atLeast, .max) }
            if take(","), let atMost = number(), atMost >= atLeast, take("}") {
                return (atLeast, atMost)
            }
        }
        position = start
        return nil
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let next = peek, ("0"..."9").contains(next), digits.count < 4 {
            digits.unicodeScalars.append(next)
            position += 1
        }
        return Int(digits)
    }

    private mutating func set() -> CharacterSet? {
        guard let next = peek else { return nil }
        var set = CharacterSet()
        if take("\\") { return escape(into: &set) ? set : nil }
        guard take("[") else {
            guard !".*+?^$(){}[]|".unicodeScalars.contains(next) else { return nil }
            position += 1
            return CharacterSet(only: next)
        }
        set.isNegated = take("^")
        while let next = peek, next != "]" {
            position += 1
            if next == "\\" {
                guard escape(into: &set) else { return nil }
            } else if next == "[" || next == "&" {
                return nil
            } else if peek == "-", position + 1 < source.count, source[position + 1] != "]" {
                let last = source[position + 1]
                guard last != "\\", last >= next else { return nil }
                position += 2
                set.ranges.append(next...last)
            } else {
                set.ranges.append(next...next)
            }
        }
        return take("]") ? set : nil
    }

    /// Adds what an escape stands for, its backslash taken.
    private mutating func escape(into set: inout CharacterSet) -> Bool {
        guard let letter = peek else { return false }
        position += 1
        switch letter {
        case "s", "S": set.classes.append((.whitespace, letter == "S"))
        case "w", "W": set.classes.append((.wordLetter, letter == "W"))
        case "d", "D": set.classes.append((.category("Nd"), letter == "D"))
        case "n": set.ranges.append("\n"..."\n")
        case "r": set.ranges.append("\r"..."\r")
        case "t": set.ranges.append("\t"..."\t")
        case "p", "P":
            guard take("{") else { return false }
            var name = ""
            while let next = peek, next != "}" {
                name.unicodeScalars.append(next)
                position += 1
            }
            let major = ["L", "M", "N", "P", "S", "Z", "C"]
            guard take("}"), name.count <= 2, major.contains(String(name.prefix(1))) else {
                return false
            }
            set.classes.append((.category(name), letter == "P"))
        default:
            guard letter.isASCII, !letter.properties.isAlphabetic, !("0"..."9").contains(letter)
            else { return false }
            set.ranges.append(letter...letter)
        }
        return true
    }

    private var peek: Unicode.Scalar? { position < source.count ? source[position] : nil }

    private mutating func take(_ text: String) -> Bool {
        let letters = text.unicodeScalars
        guard source[position...].starts(with: letters) else { return false }
        position += letters.count
        return true
    }
}
