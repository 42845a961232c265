import Signals

/// The text could not be read to its end.
package struct ReadingError: Explained, Equatable {
    let reason: String

    package var what: String { "reading the text stopped: \(reason)" }
    package var remedy: String { "give it a text file or a pipe: speak < FILE" }
    package var exitStatus: ExitStatus { .missingInput }
}
