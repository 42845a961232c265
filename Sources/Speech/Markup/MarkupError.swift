import Signals

/// A document's markup cannot be read.
package enum MarkupError: Explained, Equatable {
    /// Line and column from 1; 0 where the library does not tell.
    case malformed(line: Int, column: Int, reason: String)
    /// The document is not SSML, but something else.
    case notSpeech(root: String)
    case tooLarge(limitMegabytes: Int)
    case libraryMissing

    package var what: String {
        switch self {
        case .malformed(let line, let column, let reason):
            line > 0
                ? "the markup is not well-formed at line \(line), column \(column): \(reason)"
                : "the markup is not well-formed: \(reason)"
        case .notSpeech(let root): "the document is <\(root)> where SSML has <speak>"
        case .tooLarge(let limit): "the SSML is larger than \(limit) megabytes"
        case .libraryMissing: "HTML and SSML need libxml2, which is not installed"
        }
    }

    package var remedy: String {
        switch self {
        case .malformed: "correct it there, or have it read as plain text with --plain"
        case .notSpeech: "use --html for a web page, and --plain for plain text"
        case .tooLarge: "give it in parts"
        case .libraryMissing: "install it with: apt install libxml2"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .malformed, .notSpeech, .tooLarge: .damagedInput
        case .libraryMissing: .unavailable
        }
    }
}
