import Signals

/// The voice files that are found by name: those of this package, and a folder of the user's.
///
/// Looked for in `$CURBCUT_VOICES`, in `../share/curbcut/voices` seen from the executable, and, for
/// a build inside a checkout, in the checkout's `voices/`.
package struct OwnVoices: Sendable {
    /// Existing folders, in order of precedence.
    private let folders: [String]

    /// - Parameters:
    ///   - chosen: the folder that the user names in the environment, which may be empty.
    ///   - executable: the path of the running program, without links.
    package init(chosen: String?, executable: String) {
        var candidates: [String] = []
        if let chosen, !chosen.isEmpty { candidates.append(chosen) }
        // Not every folder of that name holds ours: its README.md tells.
        candidates += Installation.places(
            of: "voices", inCheckout: "voices", executable: executable
        ).filter { Disk.isFile($0 + "/README.md") }
        folders = candidates.filter(Disk.isFolder)
    }

    /// The voices as the running program and its environment have them.
    package static var found: OwnVoices {
        OwnVoices(chosen: Disk.environment("CURBCUT_VOICES"), executable: Installation.executable)
    }

    /// Names, sorted; the file of the first folder that has a name counts.
    package var names: [String] {
        Set(folders.flatMap(folderNames(in:)).filter(Self.isName)).sorted()
    }

    /// - Parameter name: in letters of either size.
    /// - Returns: the checked voice; nil where no folder has a file of that name.
    /// - Throws: `VoiceFileError` where the file is there and is not a voice.
    package func voice(named name: String) throws(VoiceFileError) -> VoiceFile? {
        guard Self.isName(name) else { return nil }
        for folder in folders {
            let match = folderNames(in: folder).first {
                Self.isName($0) && $0.lowercased() == name.lowercased()
            }
            if let match { return try Self.voice(at: folder + "/" + match) }
        }
        return nil
    }

    /// Reads a voice file.
    ///
    /// - Parameter path: of a plain file.
    /// - Returns: the checked voice.
    /// - Throws: `VoiceFileError`.
    package static func voice(at path: String) throws(VoiceFileError) -> VoiceFile {
        switch Disk.contents(of: path, limit: VoiceFile.largestSize) {
        case .bytes(let bytes): try VoiceFile(parsing: bytes, fileName: path)
        case .missing: throw VoiceFileError(file: path, fault: .missing)
        case .forbidden: throw VoiceFileError(file: path, fault: .forbidden)
        case .notAFile: throw VoiceFileError(file: path, fault: .notAFile)
        }
    }

    /// No dot, no slash: `README.md` is no voice, and no name leads out of its folder.
    private static func isName(_ name: String) -> Bool {
        (1...30).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D
                    || $0 == 0x5F
            }
    }
}
