import Signals
import ToolKit
import Video

/// A stretch of a film of which something is said.
package struct Moment: Sendable, Equatable {
    package var range: TimeRange
    /// When the frame that was looked at is shown.
    package var frameSeconds: Double
    /// Counted from 1.
    package var scene: Int
    /// A sentence, hedged where the model was not sure; nil without one.
    package var caption: String?
    package var model: String?
    /// The mean probability of the model's words, 0 to 1.
    package var confidence: Double?
    /// Lines that are new on the screen.
    package var text: [String]
    /// Where the frame was saved.
    package var picture: String?

    package init(
        range: TimeRange, frameSeconds: Double, scene: Int, caption: String? = nil,
        text: [String] = []
    ) {
        self.range = range
        self.frameSeconds = frameSeconds
        self.scene = scene
        self.caption = caption
        self.text = text
    }

    static func line(ofText text: String) -> String { "Text: " + text }

    /// What is said of it, a sentence a line; never empty.
    package var lines: [String] {
        let said = (caption.map { [$0] } ?? []) + text.map(Self.line(ofText:))
        return said.isEmpty ? ["Scene \(scene)."] : said
    }

    /// Puts a better reading in the place of one that was taken for words on the screen.
    ///
    /// - Returns: whether that is among its lines.
    mutating func correct(_ old: String, to new: String) -> Bool {
        guard let i = text.firstIndex(where: { $0.contains(old) }),
            let range = text[i].firstRange(of: old)
        else { return false }
        text[i].replaceSubrange(range, with: new)
        return true
    }

    /// Whether there is more to say than that a scene begins.
    package var saysMore: Bool { caption != nil || !text.isEmpty }
}

extension Moment {
    /// How long it takes to say, in seconds, and a little rest.
    ///
    /// 160 words a minute, as describers speak.
    package var spokenSeconds: Double {
        let words = lines.joined(separator: " ").split(separator: " ").count
        return max(1, Double(words) / (160.0 / 60) + 0.3)
    }

    /// One object of the JSON outputs and of the journal.
    package var json: JSON {
        .object(members)
    }

    package var members: [(name: String, value: JSON)] {
        [
            ("start", .number(range.startSeconds)), ("end", .number(range.endSeconds)),
            ("frame", .number(frameSeconds)), ("scene", .int(scene)),
            ("caption", caption.map { .string($0) } ?? .null),
            ("model", model.map { .string($0) } ?? .null),
            ("confidence", confidence.map { .number($0) } ?? .null),
            ("text", .array(text.map { .string($0) })),
            ("picture", picture.map { .string($0) } ?? .null),
        ]
    }
}
