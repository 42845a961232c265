import Describing
import Reading

/// Knows which words stand on the screen, so that each is read once while it stays.
package struct ScreenText {
    /// What a look at the screen tells.
    package struct Found {
        /// Lines that were not there at the look before.
        package fileprivate(set) var lines: [String] = []
        package fileprivate(set) var corrections: [Correction] = []
        /// Whether the next look may find the new lines to be others.
        package fileprivate(set) var isSure = true
    }

    /// A better reading of what was found before.
    package struct Correction: Sendable, Equatable {
        package let old: String
        package let new: String
        /// Whether to whom the old one was told, this one should be told too.
        package let saysMore: Bool
    }

    private struct Line {
        var reading: ScreenReading
        var seconds: Double
        /// Looks in a row that did not find it.
        var missed = 0
        /// Looks in a row that found another number in it.
        var renumbered = 0
    }

    private var shown: [Line] = []

    package init() {}

    /// A recogniser loses a line now and then; only then is it gone.
    private static let mostMissed = 1
    /// Shorter scraps are noise more often than words.
    private static let leastLetters = 3
    /// A number that changes sooner again runs, and is not told each time; in seconds.
    private static let resting = 10.0
    /// One that changes at more looks in a row runs too, however far apart they are.
    private static let mostRenumbered = 3

    /// Takes what an earlier run told, as if it stood there.
    mutating func note(_ lines: [String], atSeconds seconds: Double) {
        for line in lines {
            let labels = line.split(separator: ",").map(String.init)
            for text in labels.count > 1 ? [line] + labels : [line] {
                shown.append(Line(reading: ScreenReading(text), seconds: seconds))
            }
        }
    }

    /// - Parameters:
    ///   - blocks: all that is read on the screen now.
    ///   - seconds: when.
    ///   - height: of the frame, where text scrolls over it; what an edge cuts is then left to the
    ///     next look, or was read at the one before.
    /// - Returns: what is new in them.
    package mutating func look(
        _ blocks: [TextBlock], atSeconds seconds: Double, rollingOver height: Int? = nil
    ) -> Found {
        var found = Found()
        var seen = Set<Int>()
        var new: [String] = []
        for block in blocks {
            let whole = block.readings.filter { line in
                (line.length >= Self.leastLetters || line.isScore)
                    && !(height.map { line.isCut(atEdgesOf: $0) } ?? false)
            }
            let lines = whole.filter { take($0, at: seconds, &seen, &found) }
            if !lines.isEmpty { new.append(lines.map(\.text).joined(separator: " ")) }
        }
        found.lines = Wording.joiningLabels(new)
        for i in shown.indices where !seen.contains(i) { shown[i].missed += 1 }
        shown.removeAll { $0.missed > Self.mostMissed }
        return found
    }

    /// - Returns: whether the line is to be told.
    private mutating func take(
        _ line: ScreenReading, at seconds: Double, _ seen: inout Set<Int>, _ found: inout Found
    ) -> Bool {
        guard let (i, news) = known(line, at: seconds) else {
            seen.insert(shown.count)
            shown.append(Line(reading: line, seconds: seconds))
            if line.confidence < ScreenReading.sure { found.isSure = false }
            return true
        }
        seen.insert(i)
        shown[i].missed = 0
        let old = shown[i].reading
        guard news == .number else {
            shown[i].renumbered = 0
            guard news == .fuller || line.confidence > old.confidence else { return false }
            if line.text != old.text {
                found.corrections.append(
                    Correction(old: old.text, new: line.text, saysMore: news == .fuller))
            }
            shown[i].reading = line
            if news == .fuller { shown[i].seconds = seconds }
            return false
        }
        let isResting = seconds - shown[i].seconds >= Self.resting
        let count = shown[i].renumbered
        shown[i] = Line(reading: line, seconds: seconds, renumbered: count + 1)
        return count == 0 || isResting && count < Self.mostRenumbered
    }

    /// The line that stands there already, and what is new in it; nil for another one.
    private func known(
        _ line: ScreenReading, at seconds: Double
    ) -> (place: Int, news: ScreenReading.News)? {
        var best: (place: Int, news: ScreenReading.News)?
        for (i, known) in shown.enumerated() {
            let news = known.reading.news(in: line, after: seconds - known.seconds)
            switch news {
            case .none: return (i, news)
            case .number, .fuller: best = best ?? (i, news)
            case .everything: break
            }
        }
        return best
    }
}

extension TextBlock {
    /// Its lines, each in its share of the box.
    fileprivate var readings: [ScreenReading] {
        let lines = text.split(separator: "\n")
        return lines.enumerated().map { i, line in
            var place = box
            place.y += box.height * i / lines.count
            place.height = max(1, box.height / lines.count)
            return ScreenReading(
                Wording.oneLine(String(line)), in: place, confidence: confidence)
        }
    }
}
