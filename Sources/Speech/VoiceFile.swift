/// A voice of one's own: what an eSpeak NG voice file says, checked line by line.
///
/// The engine trusts such a file: a long value overruns its buffers, `mbrola` and `dictionary`
/// lead it to other files. So only attributes of ``VoiceAttribute`` with numbers in their ranges
/// are let through, and the engine reads ``text``, written anew from them.
package struct VoiceFile: Sendable, Equatable {
    /// The base name of the file.
    package let name: String
    /// What the comment on the first line says.
    package let summary: String
    /// A language tag of the engine, "en-gb".
    package let language: String
    /// "male", "female", or empty.
    package let gender: String
    /// What the engine reads.
    package let text: String

    package static let largestSize = 64 << 10
    package static let longestLine = 200

    /// Parses a voice file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - fileName: for the name of the voice and in errors.
    /// - Throws: `VoiceFileError` that names the line.
    package init(parsing bytes: [UInt8], fileName: String) throws(VoiceFileError) {
        guard bytes.count <= Self.largestSize else {
            throw VoiceFileError(file: fileName, fault: .tooLarge(limit: Self.largestSize))
        }
        var draft = Draft()
        for (i, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        {
            do throws(VoiceFileError.Fault) {
                try draft.take(line)
            } catch {
                throw VoiceFileError(file: fileName, line: i + 1, fault: error)
            }
        }
        guard let language = draft.values["language"]?.first else {
            throw VoiceFileError(file: fileName, fault: .noLanguage)
        }
        self.name = String(fileName.split(separator: "/").last ?? "")
        summary = draft.summary
        self.language = language
        gender = draft.values["gender"]?.first.flatMap { $0 == "unknown" ? nil : $0 } ?? ""
        text = draft.lines.joined(separator: "\n") + "\n"
    }
}

/// What the lines so far have said.
private struct Draft {
    var lines: [String] = []
    /// The values of each attribute, or of each formant.
    var values: [String: [String]] = [:]
    var summary = ""

    mutating func take(_ line: ArraySlice<UInt8>) throws(VoiceFileError.Fault) {
        let text = try checkedText(line)
        if text.hasPrefix("//") || text.hasPrefix("#") {
            if summary.isEmpty { summary = text.withoutCommentMark }
            return
        }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        guard let first = words.first else { return }
        let attribute = try VoiceAttribute.named(first)
        let arguments = Array(words.dropFirst())
        try attribute.check(arguments)
        let key = attribute.key(arguments)
        guard values.updateValue(arguments, forKey: key) == nil else { throw .repeated(key) }
        // The name is for people, and the engine would keep it in a buffer of fixed size.
        if key != "name" { lines.append(words.joined(separator: " ")) }
    }

    private func checkedText(
        _ line: ArraySlice<UInt8>
    ) throws(VoiceFileError.Fault) -> String {
        guard line.count <= VoiceFile.longestLine else {
            throw .lineTooLong(limit: VoiceFile.longestLine)
        }
        let line = line.last == 0x0D ? line.dropLast() : line
        guard line.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 }) else {
            throw .notPlainText
        }
        return String(decoding: line.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
    }
}

extension String {
    fileprivate var withoutCommentMark: String {
        String(drop { $0 == "/" || $0 == "#" || $0 == " " })
    }
}
