import Signals

/// Where the transcript of each of many recordings goes.
package struct OutputNames: Sendable {
    /// Without a slash at its end.
    private let folder: String
    private let ending: String
    /// Which input each path was given to.
    private var claims: [String: String] = [:]

    package init(folder: String, ending: String) {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        self.folder = folder
        self.ending = ending
    }

    /// "talks/one.mp3" becomes "FOLDER/one.txt", for this input alone.
    ///
    /// - Throws: `OutputNameError` where another input has that path.
    package mutating func path(for input: String) throws(OutputNameError) -> String {
        let name = input == "-" ? "standard-input" : input.split(separator: "/").last ?? ""
        let dot = name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? $0 : nil }
        let path = "\(folder)/\(name[..<(dot ?? name.endIndex)]).\(ending)"
        if let other = claims[path] { throw OutputNameError(path: path, other: other) }
        claims[path] = input
        return path
    }
}

/// Two inputs, one output.
package struct OutputNameError: Explained, Equatable {
    let path: String
    let other: String

    package var what: String { "\(path) already is the transcript of \(other)" }
    package var remedy: String { "give this one to a run of its own, with another folder" }
    package var exitStatus: ExitStatus { .usage }
}
