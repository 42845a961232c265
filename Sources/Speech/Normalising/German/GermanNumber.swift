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

    /// - Parameter number: from 0 to 99.
    /// - Returns: one word.
    static func cardinal(_ number: Int) -> String {
        guard number >= 20 else { return small[max(number, 0)] }
        let ten = tens[min(number / 10, 9)]
        let one = number % 10
        return one == 0 ? ten : "\(one == 1 ? "ein" : small[one])und\(ten)"
    }

    /// "dritt" of 3, to which an ending comes.
    static func ordinalStem(_ number: Int) -> String {
        switch number {
        case 1: "erst"
        case 3: "dritt"
        case 7: "siebt"
        case 8: "acht"
        case 0..<20: small[number] + "t"
        case 20..<100: cardinal(number) + "st"
        default: "\(number)st"
        }
    }

    /// "neunzehnhundertvierundachtzig"; from 2000 on the digits are said right.
    static func year(_ year: Int) -> String {
        guard (1100..<2000).contains(year) else { return String(year) }
        let rest = year % 100
        return "\(small[year / 100])hundert\(rest == 0 ? "" : cardinal(rest))"
    }
}
