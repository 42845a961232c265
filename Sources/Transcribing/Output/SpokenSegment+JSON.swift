import Glibc
import Signals
import ToolKit

extension SpokenSegment {
    /// What is known of the segment, as members of an object.
    ///
    /// - Parameter hasWords: whether the words are listed.
    /// - Returns: names and values, times in seconds.
    func members(words hasWords: Bool) -> [(name: String, value: JSON)] {
        var members: [(name: String, value: JSON)] = [
            ("start", .number(range.startSeconds)), ("end", .number(range.endSeconds)),
            ("text", .string(text.trimmingWhitespace)),
        ]
        if let speaker { members.append(("speaker", .string(speaker))) }
        if let language { members.append(("language", .string(language))) }
        if let evidence {
            members += [
                ("confidence", .number(exp(Double(evidence.meanLogProbability)))),
                ("noSpeechProbability", .number(Double(evidence.noSpeechProbability))),
                ("compressionRatio", .number(Double(evidence.compressionRatio))),
                ("temperature", .number(Double(evidence.temperature))),
            ]
        }
        if hasWords { members.append(("words", .array(words.map(\.json)))) }
        return members
    }
}

extension SpokenWord {
    var json: JSON {
        var members: [(name: String, value: JSON)] = [
            ("word", .string(text.trimmingWhitespace)), ("start", .number(range.startSeconds)),
            ("end", .number(range.endSeconds)),
        ]
        if let probability { members.append(("confidence", .number(Double(probability)))) }
        return .object(members)
    }
}
