extension German {
    /// `5 km`, `20 °C`, `1 h`.
    static let measure = SpokenRule([.digit, .sign]) { cursor in
        guard let amount = takeAmount(&cursor), let unit = takeUnit(&cursor) else { return nil }
        return "\(amount == "1" ? unit.article : amount) \(amount == "1" ? unit.one : unit.many)"
    }

    /// `5–10 km`.
    static let measureRange = SpokenRule([.digit, .sign]) { cursor in
        guard let first = takeAmount(&cursor) else { return nil }
        _ = takeUnit(&cursor)
        guard cursor.takeRangeSign(), let last = takeNumber(&cursor),
            let unit = takeUnit(&cursor)
        else { return nil }
        return "\(first) bis \(last) \(unit.many)"
    }

    /// `€ 3,50`, `$5`.
    static let money = SpokenRule(.sign) { cursor in
        guard cursor.isAtWordStart, let currency = takeCurrency(&cursor) else { return nil }
        _ = cursor.takeSpace()
        return takeNumber(&cursor).map { words($0, of: currency) }
    }

    /// `3,50 €`, `5 Mio. €`.
    static let moneyAfter = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let number = takeNumber(&cursor) else { return nil }
        _ = cursor.takeSpace()
        let scale = scales.first { cursor.take(text: $0.0) }
        if scale != nil { _ = cursor.takeSpace() }
        guard let currency = takeCurrency(&cursor), cursor.isAtWordEnd else { return nil }
        guard let scale else { return words(number, of: currency) }
        return "\(number) \(scale.1) \(currency)"
    }

    /// A unit, with the word for one of it.
    private struct Unit {
        let article: String
        let one: String
        let many: String
    }

    private static func words(_ number: String, of currency: String) -> String {
        let parts = number.split(separator: ",")
        let whole = parts[0] == "1" ? "ein" : String(parts[0])
        guard parts.count == 2, parts[1].count == 2, let cents = Int(parts[1]) else {
            return "\(parts.count == 1 ? whole : number) \(currency)"
        }
        return cents == 0 ? "\(whole) \(currency)" : "\(whole) \(currency) \(cents)"
    }

    private static func takeCurrency(_ cursor: inout Cursor) -> String? {
        let signs: [(String, String)] = [
            ("€", "Euro"), ("EUR", "Euro"), ("$", "Dollar"), ("£", "Pfund"), ("CHF", "Franken"),
            ("¥", "Yen"),
        ]
        return signs.first { cursor.take(text: $0.0) }?.1
    }

    private static func takeAmount(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard cursor.isAtWordStart else { return nil }
            let isNegative = cursor.take(anyOf: "-−–") != nil
            return takeNumber(&cursor).map { isNegative ? "minus \($0)" : $0 }
        }
    }

    private static func takeUnit(_ cursor: inout Cursor) -> Unit? {
        cursor.attempt { cursor in
            let hadSpace = cursor.takeSpace()
            for distance in (1...6).reversed() {
                let end = cursor.position + distance
                guard end <= cursor.text.count else { continue }
                let symbol = String(String.UnicodeScalarView(cursor.text[cursor.position..<end]))
                guard let unit = units[symbol] else { continue }
                var after = cursor
                after.position = end
                // "5 m" is a length, "5 A" may be anything.
                guard after.isAtWordEnd, after.isAtTokenEnd || after.isRangeAhead,
                    !hadSpace || symbol.count > 1 || "mgh°%".contains(symbol)
                else { continue }
                cursor = after
                return unit
            }
            return nil
        }
    }

    private static let scales: [(String, String)] = [
        ("Mio.", "Millionen"), ("Mrd.", "Milliarden"), ("Tsd.", "Tausend"),
        ("Millionen", "Millionen"), ("Milliarden", "Milliarden"),
    ]

    private static let units: [String: Unit] = {
        var units: [String: Unit] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "|").map { $0.split(separator: " ") }
            guard parts.count >= 2, let article = parts[1].first else { continue }
            let one = parts[1].dropFirst().joined(separator: " ")
            let many = parts.count > 2 ? parts[2].joined(separator: " ") : one
            for symbol in parts[0] {
                units[String(symbol)] = Unit(article: String(article), one: one, many: many)
            }
        }
        return units
    }()

    /// Symbols, one with its article, many where that differs.
    private static let table = """
        nm | ein Nanometer
        µm μm | ein Mikrometer
        mm | ein Millimeter
        cm | ein Zentimeter
        m | ein Meter
        km | ein Kilometer
        m² m2 qm | ein Quadratmeter
        km² km2 | ein Quadratkilometer
        m³ m3 | ein Kubikmeter
        ha | ein Hektar
        mg | ein Milligramm
        g | ein Gramm
        kg | ein Kilogramm
        t | eine Tonne | Tonnen
        ml | ein Milliliter
        l L | ein Liter
        ms | eine Millisekunde | Millisekunden
        s | eine Sekunde | Sekunden
        min | eine Minute | Minuten
        h | eine Stunde | Stunden
        km/h | ein Stundenkilometer | Kilometer pro Stunde
        m/s | ein Meter pro Sekunde | Meter pro Sekunde
        Hz | ein Hertz
        kHz | ein Kilohertz
        MHz | ein Megahertz
        GHz | ein Gigahertz
        kB KB | ein Kilobyte
        MB | ein Megabyte
        GB | ein Gigabyte
        TB | ein Terabyte
        Mbit/s | ein Megabit pro Sekunde | Megabit pro Sekunde
        dB | ein Dezibel
        W | ein Watt
        kW | ein Kilowatt
        MW | ein Megawatt
        kWh | eine Kilowattstunde | Kilowattstunden
        V | ein Volt
        A | ein Ampere
        mAh | eine Milliamperestunde | Milliamperestunden
        hPa | ein Hektopascal
        °C | ein Grad Celsius
        °F | ein Grad Fahrenheit
        ° | ein Grad
        % | ein Prozent
        ‰ | ein Promille
        """
}

extension Cursor {
    fileprivate var isRangeAhead: Bool { peek() == "-" || peek() == "–" }
}
