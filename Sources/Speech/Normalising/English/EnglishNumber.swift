/// Numbers in English words, where digits would be said otherwise.
enum EnglishNumber {
    /// - Parameter number: from 0 to 999,999.
    /// - Returns: words; other numbers stay in digits.
    static func cardinal(_ number: Int) -> String {
        switch number {
        case 0..<20: return small[number]
        case 20..<100:
            let tens = Self.tens[number / 10]
            return number % 10 == 0 ? tens : "\(tens)-\(small[number % 10])"
        case 100..<1000:
            let hundreds = "\(small[number / 100]) hundred"
            return number % 100 == 0 ? hundreds : "\(hundreds) and \(cardinal(number % 100))"
        case 1000..<1_000_000:
            let thousands = "\(cardinal(number / 1000)) thousand"
            let rest = number % 1000
            if rest == 0 { return thousands }
            return rest < 100
                ? "\(thousands) and \(cardinal(rest))" : "\(thousands) \(cardinal(rest))"
        default: return String(number)
        }
    }

    /// "third", "twenty-first", "hundredth".
    static func ordinal(_ number: Int) -> String {
        guard (0..<1_000_000).contains(number) else { return "\(number)th" }
        if number == 100 || number == 1000 { return number == 100 ? "hundredth" : "thousandth" }
        let words = cardinal(number)
        let lastStart = words.lastIndex { $0 == " " || $0 == "-" }.map(words.index(after:))
        let last = String(words[(lastStart ?? words.startIndex)...])
        let stem = words.dropLast(last.count)
        if let irregular = irregularOrdinals[last] { return stem + irregular }
        return last.hasSuffix("y") ? "\(stem)\(last.dropLast())ieth" : "\(stem)\(last)th"
    }

    /// A year as it is said: "nineteen eighty-four"; in digits where that is the same.
    static func year(_ year: Int) -> String {
        guard (1010..<2000).contains(year) || (2010..<2100).contains(year) else {
            return String(year)
        }
        let century = cardinal(year / 100)
        switch year % 100 {
        case 0: return "\(century) hundred"
        case 1..<10: return "\(century) oh \(cardinal(year % 10))"
        default: return "\(century) \(cardinal(year % 100))"
        }
    }

    /// "sixties" of 60 or 1960; "two thousands" of 2000.
    static func decade(_ year: Int) -> String {
        let tens = year % 100 / 10
        let century = year >= 100 ? "\(cardinal(year / 100)) " : ""
        switch tens {
        case 0 where year % 1000 == 0: return "\(cardinal(year / 1000)) thousands"
        case 0: return "\(century)hundreds"
        case 1: return "\(century)tens"
        default: return "\(century)\(Self.tens[tens].dropLast())ies"
        }
    }

    /// Each digit by itself: "oh" is for rooms, "zero" is never misheard.
    static func digits(_ digits: some Sequence<Character>) -> String {
        digits.compactMap { digit in digit.wholeNumberValue.map { small[$0] } }
            .joined(separator: " ")
    }

    /// "third" of 3, "half" of 2, "twelfth" of 12, in the plural where it is counted.
    static func part(_ denominator: Int, isPlural: Bool) -> String {
        switch denominator {
        case 2: isPlural ? "halves" : "half"
        case 4: isPlural ? "quarters" : "quarter"
        default: ordinal(denominator) + (isPlural ? "s" : "")
        }
    }

    private static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen",
    ]
    private static let tens = [
        "", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let irregularOrdinals = [
        "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
        "nine": "ninth", "twelve": "twelfth",
    ]
}
