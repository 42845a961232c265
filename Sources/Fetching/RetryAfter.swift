import Glibc

/// How long a server asks to wait.
enum RetryAfter {
    /// - Parameters:
    ///   - text: of the header `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3)
    ///   - now: seconds since 1970
    /// - Returns: seconds from now on, at least 0; nil where the text is neither.
    static func seconds(_ text: String, now: Int = currentTime) -> Int? {
        if let seconds = Int(text) { return max(0, seconds) }
        return date(text).map { max(0, $0 - now) }
    }

    private static var currentTime: Int { time(nil) }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// "Wed, 21 Oct 2015 07:28:00 GMT", the one form that servers may write.
    private static func date(_ text: String) -> Int? {
        let fields = text.split { $0 == " " || $0 == ":" }
        guard fields.count == 8, fields[7] == "GMT", let day = Int(fields[1]),
            let month = months.firstIndex(of: String(fields[2])), let year = Int(fields[3]),
            let hour = Int(fields[4]), let minute = Int(fields[5]), let second = Int(fields[6]),
            (1970...9999).contains(year), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        // Of a year that begins in March, so that leap days come last.
        let (y, m) = month < 2 ? (year - 1, month + 10) : (year, month - 2)
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60 + second
    }
}
