/// A unit after a number, with the word for one of it.
struct GermanUnit: Sendable {
    let article: String
    let one: String
    let many: String

    /// The unit of an abbreviation as it is written.
    static func named(_ symbol: String) -> GermanUnit? { units[symbol] }

    /// The longest written form.
    static let longestSymbol = 8

    private static let units: [String: GermanUnit] = {
        var units: [String: GermanUnit] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "|").map { $0.split(separator: " ") }
            guard parts.count >= 2, let article = parts[1].first else { continue }
            let one = parts[1].dropFirst().joined(separator: " ")
            let many = parts.count > 2 ? parts[2].joined(separator: " ") : one
            for symbol in parts[0] {
                units[String(symbol)] = GermanUnit(article: String(article), one: one, many: many)
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
        dm | ein Dezimeter
        m | ein Meter
        km | ein Kilometer
        mm² mm2 | ein Quadratmillimeter
        cm² cm2 qcm | ein Quadratzentimeter
        m² m2 qm | ein Quadratmeter
        km² km2 qkm | ein Quadratkilometer
        cm³ cm3 ccm | ein Kubikzentimeter
        m³ m3 cbm | ein Kubikmeter
        ha | ein Hektar
        µg μg | ein Mikrogramm
        mg | ein Milligramm
        g | ein Gramm
        kg | ein Kilogramm
        t | eine Tonne | Tonnen
        ml | ein Milliliter
        cl | ein Zentiliter
        dl | ein Deziliter
        l L | ein Liter
        EL | ein Esslöffel
        TL | ein Teelöffel
        ns | eine Nanosekunde | Nanosekunden
        µs μs | eine Mikrosekunde | Mikrosekunden
        ms | eine Millisekunde | Millisekunden
        s Sek. Sek sek | eine Sekunde | Sekunden
        min Min. Min | eine Minute | Minuten
        h Std. Std std | eine Stunde | Stunden
        km/h | ein Stundenkilometer | Kilometer pro Stunde
        m/s | ein Meter pro Sekunde | Meter pro Sekunde
        m/s² | ein Meter pro Sekunde zum Quadrat | Meter pro Sekunde zum Quadrat
        l/100km | ein Liter auf hundert Kilometer | Liter auf hundert Kilometer
        U/min | eine Umdrehung pro Minute | Umdrehungen pro Minute
        PS | ein P S | P S
        Hz | ein Hertz
        kHz | ein Kilohertz
        MHz | ein Megahertz
        GHz | ein Gigahertz
        kB KB | ein Kilobyte
        MB | ein Megabyte
        GB | ein Gigabyte
        TB | ein Terabyte
        KiB | ein Kibibyte
        MiB | ein Mebibyte
        GiB | ein Gibibyte
        kbit/s | ein Kilobit pro Sekunde | Kilobit pro Sekunde
        Mbit/s | ein Megabit pro Sekunde | Megabit pro Sekunde
        Gbit/s | ein Gigabit pro Sekunde | Gigabit pro Sekunde
        MB/s | ein Megabyte pro Sekunde | Megabyte pro Sekunde
        GB/s | ein Gigabyte pro Sekunde | Gigabyte pro Sekunde
        px | ein Pixel
        MP | ein Megapixel
        dpi | ein Punkt pro Zoll | Punkte pro Zoll
        dB | ein Dezibel
        mW | ein Milliwatt
        W | ein Watt
        kW | ein Kilowatt
        MW | ein Megawatt
        GW | ein Gigawatt
        Wh | eine Wattstunde | Wattstunden
        kWh | eine Kilowattstunde | Kilowattstunden
        MWh | eine Megawattstunde | Megawattstunden
        mV | ein Millivolt
        V | ein Volt
        kV | ein Kilovolt
        mA | ein Milliampere
        A | ein Ampere
        mAh | eine Milliamperestunde | Milliamperestunden
        Ω | ein Ohm
        kΩ | ein Kiloohm
        N | ein Newton
        kN | ein Kilonewton
        Nm | ein Newtonmeter
        Pa | ein Pascal
        hPa | ein Hektopascal
        kPa | ein Kilopascal
        bar | ein Bar
        mbar | ein Millibar
        mmHg | ein Millimeter Quecksilbersäule | Millimeter Quecksilbersäule
        J | ein Joule
        kJ | ein Kilojoule
        kcal | eine Kilokalorie | Kilokalorien
        eV | ein Elektronenvolt
        lm | ein Lumen
        lx | ein Lux
        K | ein Kelvin
        mg/dl | ein Milligramm pro Deziliter | Milligramm pro Deziliter
        mg/l | ein Milligramm pro Liter | Milligramm pro Liter
        g/l | ein Gramm pro Liter | Gramm pro Liter
        mg/kg | ein Milligramm pro Kilogramm | Milligramm pro Kilogramm
        kg/m² | ein Kilogramm pro Quadratmeter | Kilogramm pro Quadratmeter
        kg/m³ | ein Kilogramm pro Kubikmeter | Kilogramm pro Kubikmeter
        °C ℃ | ein Grad Celsius
        °F | ein Grad Fahrenheit
        ° | ein Grad
        % | ein Prozent
        ‰ | ein Promille
        """
}
