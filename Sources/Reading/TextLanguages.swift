import Glibc

/// The languages that text is read in, each found as a file in Tesseract's folder.
struct TextLanguages {
    /// As asked for, "eng+deu".
    let names: String
    /// Where their files are; ends without a slash.
    let folder: String

    /// - Parameter names: language files without their ending, joined with "+".
    /// - Throws: `ReadingError.languageInvalid`, `.languageMissing` or `.textEngineMissing`.
    init(_ names: String) throws(ReadingError) {
        let parts = names.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        for part in parts where !Self.isName(part) { throw .languageInvalid(part) }
        let folder = try Self.folder()
        for part in parts where !Self.isThere(part, in: folder) {
            throw .languageMissing(language: part, folder: folder)
        }
        self.names = names
        self.folder = folder
    }

    /// Whether pages that lie on their side can be told from upright ones.
    var canTellOrientation: Bool { Self.isThere(Self.orientation, in: folder) }

    /// The name of the file that tells orientation.
    static let orientation = "osd"

    /// Letters, digits, "_", and one "/" before the name of a script; so it names no other folder.
    private static func isName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"),
                            UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                            true
                        default: false
                        }
                    }
            }
    }

    /// `TESSDATA_PREFIX`, which Tesseract takes as the folder itself, else the engine's own.
    static func folder() throws(ReadingError) -> String {
        var folder = ""
        // Safe: getenv gives null or a string that stays while nothing changes the environment.
        if let named = unsafe getenv("TESSDATA_PREFIX") { folder = unsafe String(cString: named) }
        if folder.isEmpty { folder = try TextEngine.defaultFolder() }
        while folder.hasSuffix("/") && folder != "/" { folder.removeLast() }
        return folder
    }

    private static func isThere(_ language: String, in folder: String) -> Bool {
        // Safe: the path is a string that lives through the call.
        unsafe access("\(folder)/\(language).traineddata", R_OK) == 0
    }

    /// Debian calls `chi_sim` `tesseract-ocr-chi-sim`, and scripts by their ISO 15924 codes.
    static func debianPackage(of language: String) -> String {
        guard language.hasPrefix("script/") else {
            return "tesseract-ocr-" + dashed(language)
        }
        let script = language.dropFirst("script/".count)
        let parts = script.split(separator: "_", maxSplits: 1).map(String.init)
        // "Canadian_Aboriginal" is one name, "Japanese_vert" a name and a direction.
        let code = scriptCodes[String(script)] ?? scriptCodes[parts.first ?? ""]
        guard let code else { return "tesseract-ocr-all" }
        return "tesseract-ocr-script-\(code)" + (script.hasSuffix("_vert") ? "-vert" : "")
    }

    private static func dashed(_ name: String) -> String {
        String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    }

    /// Source: Debian 12, `apt-cache search tesseract-ocr-script`.
    private static let scriptCodes = [
        "Arabic": "arab", "Armenian": "armn", "Bengali": "beng", "Canadian_Aboriginal": "cans",
        "Cherokee": "cher", "Cyrillic": "cyrl", "Devanagari": "deva", "Ethiopic": "ethi",
        "Fraktur": "frak", "Georgian": "geor", "Greek": "grek", "Gujarati": "gujr",
        "Gurmukhi": "guru", "HanS": "hans", "HanT": "hant", "Hangul": "hang", "Hebrew": "hebr",
        "Japanese": "jpan", "Kannada": "knda", "Khmer": "khmr", "Lao": "laoo", "Latin": "latn",
        "Malayalam": "mlym", "Myanmar": "mymr", "Oriya": "orya", "Sinhala": "sinh",
        "Syriac": "syrc", "Tamil": "taml", "Telugu": "telu", "Thaana": "thaa", "Thai": "thai",
        "Tibetan": "tibt", "Vietnamese": "viet",
    ]
}
