import Signals

/// The languages that text in pictures can be read in on this machine.
package struct InstalledTextLanguages: Sendable, Equatable {
    /// Where their files are.
    package let folder: String
    /// As `--text-language` takes them, sorted: "deu", "eng".
    package let names: [String]
    /// Whether pages that lie on their side can be told from upright ones.
    package let canTellOrientation: Bool

    /// - Throws: `ReadingError.textEngineMissing` where Tesseract is not installed and no variable
    ///   names the folder.
    package init() throws(ReadingError) {
        folder = try TextLanguages.folder()
        let ending = ".traineddata"
        let all = folderNames(in: folder).filter { $0.hasSuffix(ending) }
            .map { String($0.dropLast(ending.count)) }
        names = all.filter { $0 != TextLanguages.orientation }
        canTellOrientation = all.contains(TextLanguages.orientation)
    }

    /// - Parameter language: as `--text-language` takes it
    /// - Returns: the Debian package that has it.
    package static func debianPackage(of language: String) -> String {
        TextLanguages.debianPackage(of: language)
    }
}
