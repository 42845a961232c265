import Signals

/// Why bytes are no subtitles.
package enum SubtitleError: Error, Equatable {
    case tooLarge(bytes: Int, limit: Int)
    case empty
    /// Something stands before `WEBVTT`, or is written onto it.
    case misplacedHeader(line: Int)
    /// The first line with text is neither a number nor a time.
    case notSubtitles(line: Int)
    /// It begins as SubRip does, and no line has two times with an arrow between them.
    case noTimes(line: Int)
}

extension SubtitleError: Explained {
    package var what: String {
        switch self {
        case .tooLarge(let bytes, let limit):
            "the subtitles have \(bytes) bytes, and more than \(limit) are not read"
        case .empty: "the subtitles are empty"
        case .misplacedHeader(let line):
            "line \(line) has WEBVTT, which must be the first thing in a file and stand alone"
        case .notSubtitles(let line):
            "line \(line) is neither WEBVTT nor the number or the times of a SubRip subtitle"
        case .noTimes(let line):
            "no time follows on line \(line), where a SubRip subtitle has one"
        }
    }

    package var remedy: String {
        switch self {
        case .tooLarge: "check that it is a subtitle file, or cut it into parts"
        case .empty: "check that the file was written to its end"
        case .misplacedHeader: "remove what stands around it; no player reads the file as it is"
        case .notSubtitles, .noTimes: "name an SRT or a WebVTT file"
        }
    }

    package var exitStatus: ExitStatus { .damagedInput }
}
