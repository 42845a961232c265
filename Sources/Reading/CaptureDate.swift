/// When a picture was taken, by the camera's clock; the place on Earth is unknown, so no zone.
package struct CaptureDate: Sendable, Equatable {
    package let year: Int
    package let month: Int
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// From EXIF's "2024:05:01 12:30:00"; nil for anything else, and for dates that no calendar has.
    package init?(exif text: String) {
        let halves = text.split(separator: " ", omittingEmptySubsequences: true)
        guard halves.count == 2,
            let date = Self.numbers(halves[0]), let time = Self.numbers(halves[1]),
            date[0] >= 1, (1...12).contains(date[1]),
            (1...Self.dayCount(month: date[1], year: date[0])).contains(date[2]),
            (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        (year, month, day) = (date[0], date[1], date[2])
        (hour, minute, second) = (time[0], time[1], time[2])
    }

    /// Three numbers of digits alone, parted by colons.
    private static func numbers(_ text: Substring) -> [Int]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy(digits.contains) }) else {
            return nil
        }
        let numbers = parts.compactMap { Int($0) }
        return numbers.count == 3 ? numbers : nil
    }

    private static func dayCount(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// As in "1 May 2024 at 12:30".
    var spoken: String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ]
        return "\(day) \(months[month - 1]) \(year) at \(hour):\(Self.padded(minute, to: 2))"
    }

    /// As in "2024-05-01T12:30:00".
    package var iso8601: String {
        let date =
            "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))-\(Self.padded(day, to: 2))"
        let time = [hour, minute, second].map { Self.padded($0, to: 2) }.joined(separator: ":")
        return date + "T" + time
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension CaptureDate: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso8601)
    }
}
