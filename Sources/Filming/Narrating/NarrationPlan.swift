import Signals
import Speech
import ToolKit

/// When each description is spoken: in a gap, near what it describes, and as it is if possible.
///
///     speech   ######            ########     ####
///     scene         |A bird on a lake ......|
///     spoken         [A bird on a]            what does not fit is spoken faster, then shortened,
///                                             then left out
package struct NarrationPlan {
    /// How a text was spoken; the sound itself is made again when it is mixed.
    package struct Take: Sendable, Equatable {
        package let seconds: Double
        /// In words a minute.
        package let rate: Int

        package init(seconds: Double, rate: Int) {
            self.seconds = seconds
            self.rate = rate
        }

        /// Of the usual speed.
        package var speed: Double { Double(rate) / Double(Prosody.usual.rate) }
    }

    /// One description and what became of it.
    package struct Cue: Sendable {
        package enum Outcome: String, Sendable {
            case placed, moved, faster, shortened, dropped
        }

        package var moment: Moment
        /// What is spoken, or would be.
        package var text: String
        package var outcome: Outcome
        package var startSeconds: Double
        package var gap: TimeRange?
        package var take: Take
        /// How much longer all of it would last at the usual speed than there is room.
        package var overflowSeconds: Double

        package var endSeconds: Double { startSeconds + take.seconds }
    }

    /// Before the start of what it describes, at most so early; spoilers are worse than delays.
    private static let earliest = 2.0
    /// After the end of what it describes.
    private static let latest = 1.0
    /// Between a voice of the film and ours, and between two descriptions.
    private static let rest = 0.1
    private static let pause = 0.4
    /// Less is no move that anybody would notice.
    private static let unnoticed = 0.25

    private let gaps: [TimeRange]
    private let mostSpeed: Double
    private var lastEnd = -NarrationPlan.pause

    /// - Parameters:
    ///   - gaps: where nobody speaks, in order.
    ///   - mostSpeed: how many times faster than usual a description may be spoken.
    package init(gaps: [TimeRange], mostSpeed: Double) {
        self.gaps = gaps
        self.mostSpeed = mostSpeed
    }

    /// Finds the place for the next description.
    ///
    /// - Parameters:
    ///   - moment: what is described, not before that of the call before.
    ///   - say: speaks a text at so many words a minute.
    /// - Returns: the place, or that there is none.
    /// - Throws: what `say` throws.
    package mutating func place(
        _ moment: Moment, saying say: (String, Int) throws -> Take
    ) rethrows -> Cue {
        let full = Self.spoken(moment)
        let usual = try say(full, Prosody.usual.rate)
        let rooms = rooms(for: moment)
        let largest = rooms.map(\.durationSeconds).max() ?? 0
        var cue = Cue(
            moment: moment, text: full, outcome: .dropped,
            startSeconds: moment.range.startSeconds, gap: nil, take: usual,
            overflowSeconds: max(0, usual.seconds - largest))
        for text in [full] + Self.shorter(full) {
            let take = text == full ? usual : try say(text, Prosody.usual.rate)
            if let fit = Self.fit(take, rooms, moment) {
                return found(text, take, fit, moment, in: &cue)
            }
            guard let room = rooms.max(by: { $0.durationSeconds < $1.durationSeconds }),
                let faster = try Self.faster(text, mostSpeed, in: room, say),
                let fit = Self.fit(faster, [room], moment)
            else { continue }
            return found(text, faster, fit, moment, in: &cue)
        }
        return cue
    }

    /// - Returns: the text no faster than it must be; nil where that is too fast.
    private static func faster(
        _ text: String, _ mostSpeed: Double, in room: TimeRange,
        _ say: (String, Int) throws -> Take
    ) rethrows -> Take? {
        let usual = Prosody.usual.rate
        let fit = Fit(seconds: room.durationSeconds, limit: mostSpeed)
        let fastest = try say(text, fit.fastest(from: usual))
        guard fastest.seconds <= fit.seconds else { return nil }
        return try fit.slowest(from: usual, fastest: fastest, lasting: \.seconds) {
            try say(text, $0)
        }
    }

    private mutating func found(
        _ text: String, _ take: Take, _ fit: (start: Double, room: TimeRange), _ moment: Moment,
        in cue: inout Cue
    ) -> Cue {
        let isMoved = abs(fit.start - moment.range.startSeconds) > Self.unnoticed
        cue.outcome =
            text != cue.text
            ? .shortened : take.rate > Prosody.usual.rate ? .faster : isMoved ? .moved : .placed
        (cue.text, cue.take, cue.startSeconds) = (text, take, fit.start)
        cue.gap = gaps.first { $0.startSeconds <= fit.start && fit.start < $0.endSeconds }
        lastEnd = cue.endSeconds
        return cue
    }

    /// The parts of gaps that are near enough, and after the last description.
    private func rooms(for moment: Moment) -> [TimeRange] {
        let first = max(0, lastEnd + Self.pause, moment.range.startSeconds - Self.earliest)
        let last = moment.range.endSeconds + Self.latest
        return gaps.compactMap { gap in
            let start = max(first, gap.startSeconds == 0 ? 0 : gap.startSeconds + Self.rest)
            let end = min(last, gap.endSeconds - Self.rest)
            return end > start ? TimeRange(startSeconds: start, endSeconds: end) : nil
        }
    }

    /// The place nearest to the start of what is described.
    private static func fit(
        _ take: Take, _ rooms: [TimeRange], _ moment: Moment
    ) -> (start: Double, room: TimeRange)? {
        let wanted = moment.range.startSeconds
        let places = rooms.filter { $0.durationSeconds >= take.seconds }.map { room in
            (start: min(max(wanted, room.startSeconds), room.endSeconds - take.seconds), room: room)
        }
        return places.min { abs($0.start - wanted) < abs($1.start - wanted) }
    }

    /// - Returns: the caption, and that there is text; in the present, as describers speak.
    package static func spoken(_ moment: Moment) -> String {
        let text = moment.text.joined(separator: ", ")
        let read = text.isEmpty ? nil : "Text reads: \(text)."
        return [moment.caption, read].compactMap(\.self).joined(separator: " ")
    }

    /// - Returns: the same with less of what can be left out, the longest first.
    package static func shorter(_ text: String) -> [String] {
        let sentences = text.split(separator: ". ", maxSplits: 1)
        var results = sentences.count > 1 ? [String(sentences[0]) + "."] : []
        let first = sentences.first.map(String.init) ?? text
        let breaks = [
            " on ", " in ", " with ", " to the ", " next to ", " above ", " below ",
            " in front of ",
            ", ", " and ", " while ", " that ", " who ",
        ]
        let ends = breaks.flatMap { first.ranges(of: $0).map(\.lowerBound) }.sorted().reversed()
        for end in ends {
            let kept = first[..<end]
            guard kept.split(separator: " ").count > 1 else { continue }
            results.append(String(kept) + ".")
        }
        return results
    }
}

extension NarrationPlan.Cue {
    /// One object of the report.
    var json: JSON {
        let isSpoken = outcome != .dropped
        return .object([
            ("start", .number(moment.range.startSeconds)),
            ("end", .number(moment.range.endSeconds)),
            ("text", .string(text)), ("outcome", .string(outcome.rawValue)),
            ("why", .string(reason)),
            (
                "gap",
                gap.map { .array([.number($0.startSeconds), .number($0.endSeconds)]) } ?? .null
            ),
            ("spokenAt", isSpoken ? .number(startSeconds) : .null),
            ("spokenSeconds", .number(take.seconds)), ("speed", .number(take.speed)),
            ("overflowSeconds", .number(overflowSeconds)),
        ])
    }

    private var reason: String {
        switch outcome {
        case .placed: "fits where what it describes begins"
        case .moved: "somebody speaks, or another description is spoken, where it should begin"
        case .faster: "the gap is shorter than the words at the usual speed"
        case .shortened: "the gap is too short for all of the words, even spoken faster"
        case .dropped: "no gap near it is long enough for any of the words"
        }
    }
}
