import Signals

/// Text could not be turned into speech.
package enum SpeechError: Explained, Equatable {
    case unknownVoice(String, similar: [String])
    case unknownVariant(String, similar: [String])
    /// A voice file names a language that the engine does not have.
    case unknownLanguage(String, file: String, similar: [String])
    case outOfRange(option: String, value: Int, range: ClosedRange<Int>)
    /// The engine is not there, or its data is not or of another version.
    case engineMissing(reason: String)
    case engineFailed(reason: String)
    /// Its process is gone; there can be another one.
    case engineDied(reason: String)
    /// Its process said nothing for too long and was ended; there can be another one.
    case engineHung

    /// The engine is gone, and another one may do better.
    var isDeath: Bool {
        switch self {
        case .engineDied, .engineHung: true
        default: false
        }
    }

    package var what: String {
        switch self {
        case .unknownVoice(let name, _): "there is no voice '\(name)'"
        case .unknownVariant(let name, _): "there is no voice variant '+\(name)'"
        case .unknownLanguage(let language, let file, _):
            "\(file) asks for the language '\(language)', which is not installed"
        case .outOfRange(let option, let value, let range):
            "\(option) is \(value) where \(range.lowerBound) to \(range.upperBound) is possible"
        case .engineMissing(let reason): "the speech engine cannot start: \(reason)"
        case .engineFailed(let reason): "the speech engine failed: \(reason)"
        case .engineDied(let reason): "the speech engine died: \(reason)"
        case .engineHung: "the speech engine hung"
        }
    }

    package var remedy: String {
        switch self {
        case .unknownVoice(_, let similar), .unknownVariant(_, let similar),
            .unknownLanguage(_, _, let similar):
            similar.isEmpty
                ? "list them with: speak --list-voices"
                : "similar are \(similar.joined(separator: ", ")); all: speak --list-voices"
        case .outOfRange(let option, let value, let range):
            "the nearest is \(option) \(value < range.lowerBound ? range.lowerBound : range.upperBound)"
        case .engineMissing: "install it with: apt install libespeak-ng1 espeak-ng-data"
        case .engineFailed, .engineDied, .engineHung: "try the same text with another --voice"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .unknownVoice, .unknownVariant, .outOfRange: .usage
        case .unknownLanguage, .engineMissing: .unavailable
        case .engineFailed, .engineDied, .engineHung: .internalFault
        }
    }
}
