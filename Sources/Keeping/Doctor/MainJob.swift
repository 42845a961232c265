import Glibc
import Signals

/// What the tools are for, tried: a picture is described, and the words are spoken into a file.
enum MainJob {
    /// - Parameter folder: where the tools lie
    /// - Returns: how it went.
    static func finding(toolFolder folder: String) -> Finding {
        guard let place = temporaryFolder() else {
            return broken("no temporary folder can be made", mend: "export TMPDIR=FOLDER")
        }
        defer { Disk.removeTree(place) }
        let (picture, words, sound) = (
            place + "/picture.png", place + "/words", place + "/words.wav"
        )
        do {
            try Disk.write(disc, to: picture)
        } catch {
            return broken(
                "\(place) cannot be written: \(error.words)", mend: "export TMPDIR=FOLDER")
        }
        // The first use of a large model packs its weights.
        let seen = Trial([folder + "/describe-image"], input: picture, silenceSeconds: 300)
        guard let seen, seen.isDone, !seen.text.trimmingWhitespace.isEmpty else {
            return broken(
                "describe-image does not describe a test picture\(reason(seen))",
                mend: "describe-image PICTURE, which says why")
        }
        try? Disk.write(seen.output, to: words)
        let spoken = Trial([folder + "/speak", "-o", sound], input: words, silenceSeconds: 60)
        guard let spoken, spoken.isDone, let size = Disk.size(sound), size > 1_000 else {
            return broken(
                "speak does not speak into a file\(reason(spoken))",
                mend: "speak -o FILE, which says why")
        }
        return Finding(
            "Main job", .fine, "a test picture was described and the words spoken into a file")
    }

    private static func broken(_ detail: String, mend: String) -> Finding {
        Finding("main job", .broken, detail, mend: mend)
    }

    /// The last sentence that a tool said, in brackets.
    private static func reason(_ trial: Trial?) -> String {
        let last = trial?.errors.split(separator: "\n").last.map(String.init)
        return last.map { " (\($0))" } ?? ""
    }

    private static func temporaryFolder() -> String? {
        // Safe: getenv gives null or a string that stays while nothing changes the environment.
        let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
        var path = Array("\(named.isEmpty ? "/tmp" : named)/curbcut-XXXXXX\0".utf8CString)
        // Safe: the call replaces six letters of the text.
        guard unsafe mkdtemp(&path) != nil else { return nil }
        return String(
            decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A PNG picture: a black disc on white, 64 pixels wide.
    private static let disc: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49,
        0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x40, 0x00, 0x00, 0x00, 0x40, 0x01, 0x00,
        0x00, 0x00, 0x00, 0x82, 0x12, 0x4C, 0x73, 0x00, 0x00, 0x00, 0x6B, 0x49, 0x44,
        0x41, 0x54, 0x78, 0xDA, 0xBD, 0xD1, 0x4D, 0x0A, 0x80, 0x20, 0x10, 0x40, 0xE1,
        0x17, 0x2D, 0x5A, 0x7A, 0x04, 0x8F, 0xD2, 0xD1, 0xEA, 0x68, 0x1D, 0xA5, 0x23,
        0xB8, 0x74, 0x21, 0xFD, 0xCC, 0x24, 0xA3, 0x20, 0x44, 0x10, 0xE8, 0xEA, 0xDB,
        0x88, 0x33, 0x4F, 0xCE, 0x7C, 0xE8, 0x83, 0xE0, 0x32, 0xE0, 0x41, 0x82, 0x59,
        0x11, 0xC1, 0x2B, 0x76, 0x98, 0x14, 0x1B, 0x8C, 0x8A, 0x15, 0x06, 0x05, 0xC8,
        0xB5, 0x0A, 0x87, 0x60, 0xB9, 0x91, 0x04, 0x73, 0x8D, 0x28, 0xF0, 0xEF, 0x08,
        0x02, 0xF7, 0x1F, 0x5F, 0xDE, 0x6A, 0x27, 0xB4, 0xE1, 0xDB, 0xBD, 0xCA, 0xCA,
        0x16, 0xC1, 0xB2, 0x58, 0x28, 0x4B, 0x67, 0x31, 0x4B, 0xDE, 0x5E, 0x7F, 0x7A,
        0x01, 0x6D, 0xDD, 0x5E, 0x62, 0x24, 0x53, 0x17, 0xED, 0x00, 0x00, 0x00, 0x00,
        0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}
