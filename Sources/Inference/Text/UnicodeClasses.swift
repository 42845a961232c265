extension Unicode.Scalar {
    /// True for the categories of marks, letters and so on by their first letters: "L", "Nd".
    func isInCategory(_ name: String) -> Bool {
        properties.generalCategory.shortName.hasPrefix(name)
    }

    /// What the regular expressions of tokenizers call `\w`.
    var isWordLetter: Bool {
        properties.isAlphabetic || isInCategory("M") || isInCategory("Nd") || isInCategory("Pc")
    }

    var isWhitespace: Bool { properties.isWhitespace }

    /// Characters that BERT drops: the category "other" except tab and line ends.
    var isBertControl: Bool {
        switch self {
        case "\t", "\n", "\r": false
        default:
            switch properties.generalCategory {
            case .control, .privateUse, .surrogate: true
            case .format: isInBertTables
            default: false
            }
        }
    }

    /// Marks of every kind that the reference, whose table is of Unicode 9, knows.
    var isMark: Bool { (properties.age?.major ?? .max) <= 9 && isInCategory("M") }

    /// Marks that BERT strips from letters.
    var isBertAccent: Bool { isInBertTables && isInCategory("Mn") }

    /// The reference's tables of categories stop at Unicode 8, and so must ours for equal ids.
    private var isInBertTables: Bool {
        guard let age = properties.age else { return false }
        return age.major <= 8
    }

    /// Where BERT splits: ASCII that is neither letter, digit nor space, and punctuation.
    var isBertPunctuation: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: isInBertTables && isInCategory("P")
        }
    }

    /// The ideographs that BERT puts spaces around.
    ///
    /// Source: `is_chinese_char` in `tokenizers/src/normalizers/bert.rs`.
    var isBertIdeograph: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}

extension Unicode.GeneralCategory {
    /// The two letters of the Unicode standard.
    var shortName: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
