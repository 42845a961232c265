/// How `say-as` asks for a text to be read.
enum SayAs: Equatable {
    case none
    case characters, cardinal, ordinal, telephone, time, currency, digits
    case date(format: String)

    /// - Parameters:
    ///   - kind: the value of `interpret-as`; `none` where it is not known.
    ///   - format: as in "dmy".
    init(_ kind: String, format: String) {
        switch kind.lowercased() {
        case "characters", "spell-out", "verbatim", "letters", "tts:char": self = .characters
        case "cardinal", "number": self = .cardinal
        case "ordinal": self = .ordinal
        case "telephone", "phone": self = .telephone
        case "time", "duration": self = .time
        case "currency", "money": self = .currency
        case "digits", "tts:digits": self = .digits
        case "date": self = .date(format: format.lowercased())
        default: self = .none
        }
    }

    /// Words for a text; English has all kinds, other languages what their rules have.
    func spoken(_ passage: Passage, language: String) -> String {
        let text = passage.text
        let usual = Normaliser(language: language).spoken(passage).text
        guard language.lowercased().hasPrefix("en") else { return other(text, usual, language) }
        switch self {
        case .none, .characters, .currency: return usual
        case .cardinal: return English.romanValue(text).map(String.init) ?? withoutGroups(text)
        case .ordinal:
            let number = English.romanValue(text) ?? Int(text.filter(\.isNumber))
            return number.map { EnglishNumber.ordinal($0) } ?? usual
        case .digits: return EnglishNumber.digits(text.filter(\.isNumber))
        case .telephone: return telephone(text)
        case .time: return duration(text) ?? usual
        case .date(let format): return date(text, format, language) ?? usual
        }
    }

    /// The engine reads digits in every language.
    private func other(_ text: String, _ usual: String, _ language: String) -> String {
        switch self {
        case .ordinal where language.lowercased().hasPrefix("de"):
            Int(text.filter(\.isNumber)).map { GermanNumber.ordinalStem($0) + "e" } ?? usual
        case .cardinal: English.romanValue(text).map(String.init) ?? withoutGroups(text)
        case .digits, .telephone: text.map { $0.isNumber ? "\($0) " : "\($0)" }.joined()
        default: usual
        }
    }

    private func withoutGroups(_ text: String) -> String {
        text.filter { !",\u{202F}\u{2009}\u{A0} '".contains($0) }
    }

    private func telephone(_ text: String) -> String {
        let groups = text.split { !$0.isNumber && $0 != "+" }
        return groups.map { group in
            (group.first == "+" ? "plus " : "") + EnglishNumber.digits(group)
        }.joined(separator: ", ")
    }

    /// `1'21"` is a minute and 21 seconds.
    private func duration(_ text: String) -> String? {
        let parts = text.split { "'’′".contains($0) }
        guard parts.count == 2, let minutes = Int(parts[0]),
            let seconds = Int(parts[1].filter(\.isNumber))
        else { return nil }
        return "\(minutes) \(minutes == 1 ? "minute" : "minutes") and "
            + "\(seconds) \(seconds == 1 ? "second" : "seconds")"
    }

    private func date(_ text: String, _ format: String, _ language: String) -> String? {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        let english = English(monthIsFirst: language.lowercased().hasPrefix("en-us"))
        guard numbers.count == format.count, !format.isEmpty else { return nil }
        let fields = Dictionary(zip(format, numbers)) { first, _ in first }
        let month = fields["m"].flatMap { (1...12).contains($0) ? English.months[$0 - 1] : nil }
        switch (fields["d"], fields["m"], fields["y"]) {
        case (let day?, let number?, let year?):
            let full = year < 100 ? year + (year < 70 ? 2000 : 1900) : year
            return english.date(day: day, month: number, year: full)
        case (let day?, _?, nil):
            return month.map { "the \(EnglishNumber.ordinal(day)) of \($0)" }
        case (nil, _?, let year?): return month.map { "\($0) \(EnglishNumber.year(year))" }
        case (nil, nil, let year?): return EnglishNumber.year(year)
        case (let day?, nil, nil): return "the \(EnglishNumber.ordinal(day))"
        case (nil, _?, nil): return month
        default: return nil
        }
    }
}
