/// A unit after a number: how it is said of one and of many.
struct EnglishUnit: Sendable {
    let one: String
    let many: String

    /// The unit of an abbreviation as it is written; letters of another size are another unit.
    static func named(_ symbol: String) -> EnglishUnit? { units[symbol] }

    /// The longest written form.
    static let longestSymbol = 7

    private static let units: [String: EnglishUnit] = {
        var units: [String: EnglishUnit] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "|").map { $0.split(separator: " ") }
            guard parts.count >= 2 else { continue }
            let one = parts[1].joined(separator: " ")
            let many = parts.count > 2 ? parts[2].joined(separator: " ") : one + "s"
            for symbol in parts[0] { units[String(symbol)] = EnglishUnit(one: one, many: many) }
        }
        return units
    }()

    /// Symbols, the word for one, the word for many where it is not the same with an s.
    private static let table = """
        nm | nanometre
        µm μm um | micrometre
        mm | millimetre
        cm | centimetre
        dm | decimetre
        m | metre
        km | kilometre
        in | inch | inches
        ft | foot | feet
        yd yds | yard
        mi | mile
        mm² mm2 | square millimetre
        cm² cm2 | square centimetre
        m² m2 sqm | square metre
        km² km2 | square kilometre
        ft² ft2 sqft | square foot | square feet
        mm³ mm3 | cubic millimetre
        cm³ cm3 | cubic centimetre
        m³ m3 | cubic metre
        ha | hectare
        µg μg mcg | microgram
        mg | milligram
        g | gram
        kg | kilogram
        t | tonne
        lb lbs | pound
        oz | ounce
        ml mL | millilitre
        cl cL | centilitre
        dl dL | decilitre
        l L | litre
        gal | gallon
        pt | pint
        tsp | teaspoon
        tbsp | tablespoon
        ns | nanosecond
        µs μs us | microsecond
        ms | millisecond
        s sec secs | second
        min mins | minute
        h hr hrs | hour
        d | day
        wk wks | week
        yr yrs | year
        km/h kmh kph | kilometre an hour | kilometres an hour
        m/s | metre a second | metres a second
        m/s² | metre per second squared | metres per second squared
        mph | mile an hour | miles an hour
        kn kt kts | knot
        mpg | mile a gallon | miles a gallon
        rpm | revolution a minute | revolutions a minute
        fps | frame a second | frames a second
        bpm | beat a minute | beats a minute
        wpm | word a minute | words a minute
        Hz | hertz | hertz
        kHz | kilohertz | kilohertz
        MHz | megahertz | megahertz
        GHz | gigahertz | gigahertz
        THz | terahertz | terahertz
        B | byte
        kB KB | kilobyte
        MB | megabyte
        GB | gigabyte
        TB | terabyte
        PB | petabyte
        KiB | kibibyte
        MiB | mebibyte
        GiB | gibibyte
        TiB | tebibyte
        bit bits | bit
        kbit kb Kb | kilobit
        Mbit Mb | megabit
        Gbit Gb | gigabit
        kbps kbit/s kb/s | kilobit a second | kilobits a second
        Mbps Mbit/s Mb/s | megabit a second | megabits a second
        Gbps Gbit/s Gb/s | gigabit a second | gigabits a second
        kB/s KB/s | kilobyte a second | kilobytes a second
        MB/s | megabyte a second | megabytes a second
        GB/s | gigabyte a second | gigabytes a second
        px | pixel
        MP Mpx | megapixel
        dpi ppi | dot an inch | dots an inch
        dB | decibel
        dBA dB(A) | decibel A | decibels A
        W | watt
        mW | milliwatt
        kW | kilowatt
        MW | megawatt
        GW | gigawatt
        Wh | watt hour
        kWh | kilowatt hour
        MWh | megawatt hour
        V | volt
        mV | millivolt
        kV | kilovolt
        A | amp
        mA | milliamp
        Ah | amp hour
        mAh | milliamp hour
        Ω | ohm
        kΩ | kilohm
        MΩ | megohm
        N | newton
        kN | kilonewton
        Nm | newton metre
        Pa | pascal
        hPa | hectopascal
        kPa | kilopascal
        MPa | megapascal
        mbar | millibar
        psi | pound per square inch | pounds per square inch
        J | joule
        kJ | kilojoule
        MJ | megajoule
        cal | calorie
        kcal | kilocalorie
        eV | electronvolt
        lm | lumen
        lx | lux | lux
        K | kelvin | kelvin
        °C ℃ | degree Celsius | degrees Celsius
        °F ℉ | degree Fahrenheit | degrees Fahrenheit
        ° | degree
        mol | mole
        g/L g/l | gram per litre | grams per litre
        mg/L mg/l | milligram per litre | milligrams per litre
        mg/kg | milligram per kilogram | milligrams per kilogram
        kg/m² kg/m2 | kilogram per square metre | kilograms per square metre
        kg/m³ kg/m3 | kilogram per cubic metre | kilograms per cubic metre
        ‰ | per mille | per mille
        % | percent | percent
        """
}
