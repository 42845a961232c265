/// What kind of character it is.
///
/// ASCII is most of nearly every text, and is told without a look into Unicode's tables.
extension Unicode.Scalar {
    var isSpace: Bool {
        isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
    }

    var isDigit: Bool { (0x30...0x39).contains(value) }

    var isLetter: Bool {
        isASCII ? (0x61...0x7A).contains(value | 0x20) : properties.isAlphabetic
    }

    var isCapital: Bool {
        isASCII ? (0x41...0x5A).contains(value) : properties.isUppercase
    }

    var isSmall: Bool {
        isASCII ? (0x61...0x7A).contains(value) : properties.isLowercase
    }

    /// A digit of any script, or a sign such as ½.
    var isNumeric: Bool { isASCII ? isDigit : properties.numericType != nil }

    /// A mark that belongs to the character before it.
    var isMark: Bool { isASCII ? false : properties.isGraphemeExtend }

    /// A letter, a mark on one, or a digit.
    var continuesWord: Bool { isLetter || isDigit || isMark }
}
