/// Numbers in German words, where digits would be said otherwise.
enum GermanNumber {
    static let small = [
        "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
        "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn",
        "neunzehn",
    ]
    private static let tens = [
        "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig",
        "neunzig",
    ]

    /// - Parameter number: from 0 to 999.
    /// - Returns: one word; other numbers stay in digits.
    static func cardinal(_ number: Int) -> String {
        switch number {
        case 0..<20: return small[number]
        case 20..<100:
            let one = number % 10
            let ten = tens[number / 10]
            return one == 0 ? ten : "\(one == 1 ? "ein" : small[one])und\(ten)"
        case 100..<1000:
            let hundreds = number < 200 ? "hundert" : "\(small[number / 100])hundert"
            return number % 100 == 0 ? hundreds : hundreds + cardinal(number % 100)
        default: return String(number)
        }
    }

    /// "dritt" of 3, to which an ending comes.
    static func ordinalStem(_ number: Int) -> String {
        switch number % 100 {
        case 1: return irregular(number, 1, "erst")
        case 3: return irregular(number, 3, "dritt")
        case 7: return irregular(number, 7, "siebt")
        case 8: return irregular(number, 8, "acht")
        case 1..<20: return cardinal(number) + "t"
        default: return cardinal(number) + "st"
        }
    }

    private static func irregular(_ number: Int, _ last: Int, _ stem: String) -> String {
        number == last ? stem : cardinal(number - last) + stem
    }

    /// "neunzehnhundertvierundachtzig"; from 2000 on the digits are said right.
    static func year(_ year: Int) -> String {
        guard (1100..<2000).contains(year) else { return String(year) }
        let rest = year % 100
        return "\(small[year / 100])hundert\(rest == 0 ? "" : cardinal(rest))"
    }

    /// Each digit by itself.
    static func digits(_ digits: String) -> String {
        digits.compactMap { digit in digit.wholeNumberValue.map { small[$0] } }
            .joined(separator: " ")
    }
}
