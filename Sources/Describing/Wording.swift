import Models

/// How a model's words become a sentence that may be trusted as far as it goes.
package enum Wording {
    /// Below this mean log-probability a sentence is hedged: on average the model gave each of its
    /// own words less than one chance in three (ln 1/3).
    ///
    /// The number is a choice, not a measurement: no set of pictures with judged captions was at
    /// hand to fit it.
    package static let hedgingThreshold: Float = -1.0986

    /// A capital, a full stop, and "Possibly" where the model was not sure.
    ///
    /// - Parameter description: the words as the model wrote them.
    /// - Returns: one line; empty where the model said nothing.
    package static func sentence(_ description: Description) -> String {
        let words = oneLine(description.text)
        guard words.contains(where: \.isLetter) || words.contains(where: \.isNumber) else {
            return ""
        }
        // NaN is not sure either.
        let isSure = description.meanLogProbability >= hedgingThreshold
        let opening = isSure ? capitalised(words) : "Possibly " + uncapitalised(words)
        return ".!?…".contains(opening.last ?? ".") ? opening : opening + "."
    }

    /// Text from outside as one line: control characters and runs of space become one space.
    package static func oneLine(_ text: String) -> String {
        text.split { character in
            character.isWhitespace
                || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }.joined(separator: " ")
    }

    /// Longer texts are phrases, and have a line of their own.
    static let longestLabel = 12

    /// Blocks of text as lines, those labels of a chart or a map that follow each other on one line:
    /// "10, 20, 30" is heard faster than the same word before each of them.
    ///
    /// - Parameter blocks: in reading order.
    /// - Returns: at most as many lines, each without line feeds.
    package static func joiningLabels(_ blocks: [String]) -> [String] {
        var lines: [String] = []
        var endsInLabel = false
        for block in blocks {
            let line = oneLine(block)
            let isLabel = line.count <= longestLabel
            if isLabel && endsInLabel {
                lines[lines.count - 1] += ", " + line
            } else {
                lines.append(line)
            }
            endsInLabel = isLabel
        }
        return lines
    }

    /// Lines one after the other, each but the last with a stop, so that a voice rests between them.
    static func sentences(_ lines: [String]) -> String {
        lines.dropLast().map { ".,:;!?…".contains($0.last ?? ".") ? $0 + " " : $0 + ". " }.joined()
            + (lines.last ?? "")
    }

    static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    /// Leaves an abbreviation ("USB cable") and a lone "I" as they are.
    static func uncapitalised(_ text: String) -> String {
        let first = text.prefix { !$0.isWhitespace }
        let isName = first.dropFirst().contains(where: \.isUppercase) || first == "I"
        return isName ? text : text.prefix(1).lowercased() + text.dropFirst()
    }
}
