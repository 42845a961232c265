extension English {
    /// `/usr/local/bin`, `~/notes.txt`, `./run.sh`, `../a`, `src/main.c`.
    static let path = SpokenRule([.sign, .letter]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != "/", cursor.peek(-1) != "<" else {
            return nil
        }
        var words = ""
        let isRooted = ["~/", "./", "../", "/"].contains { prefix in
            guard cursor.take(text: prefix) else { return false }
            words =
                ["~/": "tilde slash", "./": "dot slash", "../": "dot dot slash"][prefix] ?? "slash"
            return true
        }
        guard let first = takeSegment(&cursor) else { return nil }
        var segments = [first]
        while let next = cursor.attempt({ $0.take("/") ? takeSegment(&$0) : nil }) {
            segments.append(next)
        }
        let isFolder = cursor.take("/")
        // "and/or", "he/she" and "3/4" are no paths; "src/main.c" and "a/b/c/d" are.
        guard
            isRooted && (segments.count > 1 || first.count > 1)
                || segments.count > 3 || segments.count > 1 && isFileName(segments.last ?? ""),
            cursor.isAtTokenEnd
        else { return nil }
        let spoken = segments.map { addresses.spelledName($0) }.joined(separator: " slash ")
        return "\(words) \(spoken)\(isFolder ? " slash" : "")"
            .split(separator: " ").joined(separator: " ")
    }

    /// `C:\Users\anna`.
    static let windowsPath = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, let drive = cursor.takeLetters(1...1), cursor.take(":"),
            cursor.take("\\")
        else { return nil }
        var segments: [String] = []
        while let segment = takeSegment(&cursor) {
            segments.append(addresses.spelledName(segment))
            guard cursor.take("\\") else { break }
        }
        guard cursor.isAtTokenEnd else { return nil }
        return "\(drive.uppercased()) colon backslash "
            + segments.joined(separator: " backslash ")
    }

    /// `report.pdf`, `main_test.swift`.
    static let fileName = SpokenRule([.letter, .digit]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ".", let name = takeSegment(&cursor),
            isFileName(name), cursor.isAtTokenEnd
        else { return nil }
        return addresses.spelledName(name)
    }

    private static func takeSegment(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard
                var name = cursor.takeRun(
                    1...80, where: { $0.continuesWord || "._-+~@".unicodeScalars.contains($0) })
            else { return nil }
            while name.hasSuffix(".") {
                name.removeLast()
                cursor.position -= 1
            }
            return name.contains { $0.isLetter || $0.isNumber } ? name : nil
        }
    }

    private static func isFileName(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        return parts.count > 1 && fileEndings.contains(parts.last?.lowercased() ?? "")
    }

    private static let fileEndings: Set<String> = [
        "txt", "md", "pdf", "doc", "docx", "odt", "rtf", "csv", "tsv", "json", "xml", "yaml", "yml",
        "toml", "html", "htm", "css", "js", "ts", "py", "rb", "rs", "go", "c", "h", "cpp", "hpp",
        "java", "swift", "sh", "png", "jpg", "jpeg", "gif", "svg", "webp", "wav", "mp3", "ogg",
        "flac", "opus", "mp4", "mkv", "mov", "zip", "tar", "gz", "xz", "log", "conf", "ini", "lock",
        "srt", "vtt", "exe", "iso", "deb", "xls", "xlsx", "ppt", "pptx", "epub", "safetensors",
    ]
}
