import Glibc
import Signals

/// What a tool says on stderr: whole lines that begin with the tool's name.
package struct Notices: Sendable {
    let tool: String

    package init(tool: String) {
        self.tool = tool
    }

    /// Writes `tool: text`, with control characters (a file name may hold them) made harmless.
    package func line(_ text: String) {
        let bytes = Array("\(tool): \(text.withoutControlCharacters)\n".utf8)
        // Nobody is left to tell when stderr is gone.
        _ = System.write(STDERR_FILENO, bytes[...])
    }

    /// Writes `tool: what; remedy`, or `tool: input: what; remedy`.
    package func failure(_ error: any Explained, of input: String? = nil) {
        let place = input.map { "\($0): " } ?? ""
        line("\(place)\(error.what); \(error.remedy)")
    }
}

extension String {
    /// Control characters replaced by U+FFFD, so that text from outside cannot steer a terminal.
    package var withoutControlCharacters: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }
}
