/// How English is read aloud.
struct English: Sendable {
    /// The American order of 3/4/2024.
    let monthIsFirst: Bool

    /// In the order in which they are asked: what is longer before its own beginning.
    var rules: [SpokenRule] {
        [
            Self.addresses.web, Self.addresses.mail, Self.hardwareAddress, Self.addresses.internet,
            Self.longInternetAddress, Self.windowsPath, Self.path, Self.fileName,
            timestamp, isoDate, slashedDate, dottedDate, dayMonth, monthDay, Self.monthRange,
            Self.clockRange, Self.clock, Self.hour, Self.decade, Self.shortDecade, Self.yearRange,
            Self.money, Self.moneyAfter, Self.phones.international, Self.phones.national,
            Self.release, Self.power, Self.scientific, Self.dimensions, Self.ratio,
            Self.fraction, Self.mixedFraction, Self.measureRange, Self.measure, Self.range,
            Self.ordinal, Self.year, Self.groupedNumber,
            Self.roman, Self.numberSign, Self.hashtag, Self.mention, Self.keys,
            Self.abbreviation, Self.sign, Self.leadingPoint,
        ]
    }
}
