/// The engine's own names for the sounds of English.
enum EnginePhonemes {
    /// - Parameter ipa: as in "təˈmeɪtoʊ".
    /// - Returns: as in "t@m'eItoU"; nil where a sign is none of English.
    static func english(fromIPA ipa: String) -> String? {
        var rest = Array(ipa.unicodeScalars).filter { !silent.contains($0) && !$0.isSpace }[...]
        guard !rest.isEmpty, rest.count <= 100 else { return nil }
        var phonemes = ""
        while !rest.isEmpty {
            let match = (1...3).reversed().lazy.compactMap { count -> (Int, String)? in
                guard count <= rest.count else { return nil }
                return names[String(String.UnicodeScalarView(rest.prefix(count)))].map {
                    (count, $0)
                }
            }.first
            guard let (count, name) = match else { return nil }
            phonemes += name
            rest = rest.dropFirst(count)
        }
        return phonemes
    }

    /// Ties, syllables' ends, lengths that are not told apart, marks of aspiration.
    private static let silent: Set<Unicode.Scalar> = [
        "\u{361}", "\u{35C}", ".", "‿", "ʰ", "\u{32F}", "\u{31A}", "/", "|", "ˑ",
    ]

    private static let names: [String: String] = [
        "ˈ": "'", "ˌ": ",", "'": "'",
        "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "g", "ɡ": "g", "f": "f", "v": "v",
        "θ": "T", "ð": "D", "s": "s", "z": "z", "ʃ": "S", "ʒ": "Z", "h": "h", "m": "m", "n": "n",
        "ŋ": "N", "l": "l", "ɫ": "l", "r": "r", "ɹ": "r", "j": "j", "w": "w", "ʍ": "w", "x": "x",
        "ʔ": "?", "ɾ": "t#", "tʃ": "tS", "ʧ": "tS", "dʒ": "dZ", "ʤ": "dZ", "m̩": "@m",
        "n̩": "@n", "l̩": "@L",
        "æ": "a", "a": "a", "ɑ": "A:", "ɑː": "A:", "aː": "A:", "ɒ": "0", "ɔ": "O:", "ɔː": "O:",
        "ɪ": "I", "i": "i", "iː": "i:", "e": "E", "ɛ": "E", "ə": "@", "ɚ": "3", "ɜ": "3:",
        "ɜː": "3:", "ɝ": "3:", "ɝː": "3:", "ɜːɹ": "3:", "ʌ": "V", "ɐ": "a#", "ʊ": "U", "u": "u:",
        "uː": "u:", "o": "oU", "oː": "O:", "eː": "eI", "ɨ": "I", "ɵ": "U", "ʉ": "u:", "ʉː": "u:",
        "eɪ": "eI", "ɛɪ": "eI", "aɪ": "aI", "ɑɪ": "aI", "ɔɪ": "OI", "aʊ": "aU", "əʊ": "oU",
        "oʊ": "oU", "ɪə": "i@", "eə": "e@", "ɛə": "e@", "ɛː": "e@", "ʊə": "U@",
    ]
}
