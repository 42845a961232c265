/// Where the sound of a long text is cut into files.
package enum SpeechSplit: Sendable, Equatable {
    /// Before a heading; headings in a row stay together.
    case chapter
    case sentence
    /// After the sentence in which so many minutes are over.
    case minutes(Double)

    package static let minutes = 0.1...1440

    /// - Parameter argument: `chapter`, `sentence`, or a number of minutes; nil for anything else.
    package init?(argument: String) {
        switch argument {
        case "chapter": self = .chapter
        case "sentence": self = .sentence
        default:
            guard let minutes = Double(argument), Self.minutes.contains(minutes) else { return nil }
            self = .minutes(minutes)
        }
    }

    /// Decides whether a new file starts.
    ///
    /// - Parameters:
    ///   - next: what is said next.
    ///   - seconds: the length of the file so far.
    ///   - isHeadingOnly: whether nothing but headings is in it.
    /// - Returns: whether it does.
    package func cuts(before next: Utterance, afterSeconds seconds: Double, isHeadingOnly: Bool)
        -> Bool
    {
        switch self {
        case .chapter: next.isHeading && !isHeadingOnly
        case .sentence: true
        case .minutes(let minutes): seconds >= minutes * 60
        }
    }
}

extension Utterance {
    /// Said higher than the rest, which is how a heading is heard.
    package var isHeading: Bool { pitchRise > 0 }
}
