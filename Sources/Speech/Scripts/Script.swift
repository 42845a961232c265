/// A system of writing that belongs to few languages, so that its letters tell whose voice to use.
///
/// Latin is not among them: a voice reads Latin letters as its own, or as its language does.
enum Script: Hashable {
    case cyrillic, greek, arabic, hebrew, devanagari, bengali, gurmukhi, gujarati, oriya, tamil
    case telugu, kannada, malayalam, sinhala, myanmar, georgian, armenian, ethiopic, hangul, kana
    case han

    /// - Returns: nil for Latin letters, for digits, and for marks that all scripts share.
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<0x370: return nil
        case 0x370..<0x400, 0x1F00..<0x2000: self = .greek
        case 0x400..<0x530, 0x1C80..<0x1C90, 0x2DE0..<0x2E00, 0xA640..<0xA6A0: self = .cyrillic
        case 0x530..<0x590: self = .armenian
        case 0x590..<0x600: self = .hebrew
        case 0x600..<0x700, 0x750..<0x780, 0x8A0..<0x900, 0xFB50..<0xFE00, 0xFE70..<0xFEFF:
            self = .arabic
        case 0x900..<0x980: self = .devanagari
        case 0x980..<0xA00: self = .bengali
        case 0xA00..<0xA80: self = .gurmukhi
        case 0xA80..<0xB00: self = .gujarati
        case 0xB00..<0xB80: self = .oriya
        case 0xB80..<0xC00: self = .tamil
        case 0xC00..<0xC80: self = .telugu
        case 0xC80..<0xD00: self = .kannada
        case 0xD00..<0xD80: self = .malayalam
        case 0xD80..<0xE00: self = .sinhala
        case 0x1000..<0x10A0: self = .myanmar
        case 0x10A0..<0x1100, 0x1C90..<0x1CC0, 0x2D00..<0x2D30: self = .georgian
        case 0x1100..<0x1200, 0x3130..<0x3190, 0xAC00..<0xD7B0: self = .hangul
        case 0x1200..<0x13A0: self = .ethiopic
        case 0x3040..<0x3100, 0x31F0..<0x3200, 0xFF66..<0xFFA0: self = .kana
        case 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xF900..<0xFB00, 0x20000..<0x32000: self = .han
        default: return nil
        }
        guard scalar.isLetter || scalar.isMark else {
            return nil
        }
    }

    /// Words of these have one letter, or no space between.
    var hasShortWords: Bool { self == .han || self == .kana || self == .hangul }

    /// The language that letters of `text` tell, else that of most texts in this script.
    func language(of text: some Sequence<Unicode.Scalar>) -> String {
        switch self {
        case .cyrillic: Self.language(of: text, Self.cyrillicLetters) ?? "ru"
        case .arabic: Self.language(of: text, Self.arabicLetters) ?? "ar"
        case .greek: "el"
        case .hebrew: "he"
        case .devanagari: "hi"
        case .bengali: "bn"
        case .gurmukhi: "pa"
        case .gujarati: "gu"
        case .oriya: "or"
        case .tamil: "ta"
        case .telugu: "te"
        case .kannada: "kn"
        case .malayalam: "ml"
        case .sinhala: "si"
        case .myanmar: "my"
        case .georgian: "ka"
        case .armenian: "hy"
        case .ethiopic: "am"
        case .hangul: "ko"
        case .kana: "ja"
        case .han: "cmn"
        }
    }

    /// The scripts that a language's own voice reads.
    static func scripts(of language: String) -> Set<Script> {
        let base = language.lowercased().split(separator: "-").first.map(String.init) ?? ""
        return own[base] ?? []
    }

    private static func language(
        of text: some Sequence<Unicode.Scalar>, _ letters: [(String, String)]
    ) -> String? {
        letters.first { pair in text.contains { pair.0.unicodeScalars.contains($0) } }?.1
    }

    private static let cyrillicLetters: [(String, String)] = [
        ("їєґЇЄҐ", "uk"), ("ўЎ", "be"), ("ђћџЂЋЏ", "sr"), ("ѓќѕЃЌЅ", "mk"), ("әғқңұһӘҒҚҢҰ", "kk"),
        ("іІ", "uk"), ("љњјЉЊЈ", "sr"),
    ]
    private static let arabicLetters: [(String, String)] = [("ٹڈڑےںھ", "ur"), ("پچژگیک", "fa")]

    private static let own: [String: Set<Script>] = {
        var own: [String: Set<Script>] = [
            "el": [.greek], "grc": [.greek], "he": [.hebrew], "ka": [.georgian], "hy": [.armenian],
            "hyw": [.armenian], "am": [.ethiopic], "ko": [.hangul, .han], "ja": [.kana, .han],
            "cmn": [.han], "yue": [.han], "hak": [.han], "bn": [.bengali], "as": [.bengali],
            "bpy": [.bengali], "pa": [.gurmukhi], "gu": [.gujarati], "or": [.oriya],
            "ta": [.tamil], "te": [.telugu], "kn": [.kannada], "ml": [.malayalam],
            "si": [.sinhala], "my": [.myanmar], "shn": [.myanmar], "zh": [.han],
        ]
        for language in ["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tt", "ba", "cu", "cv"] {
            own[language] = [.cyrillic]
        }
        for language in ["ar", "fa", "ur", "sd", "ug"] { own[language] = [.arabic] }
        for language in ["hi", "mr", "ne", "kok"] { own[language] = [.devanagari] }
        return own
    }()
}
