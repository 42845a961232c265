import Signals

/// Start and end as a line of a file has them, in milliseconds.
struct CueTimes {
    let start: Int
    /// May lie before the start.
    let end: Int

    /// Of a cue that is never shown where the end lies before the start.
    var range: TimeRange {
        TimeRange(
            startSeconds: Double(start) / 1000, endSeconds: Double(max(start, end)) / 1000)
    }

    /// Source: WebVTT, "collect WebVTT cue timings and settings".
    ///
    /// - Returns: nil where a player leaves the cue out.
    init?(standard line: String) {
        var scanner = TimeScanner(line)
        scanner.skipSpace()
        guard let start = scanner.standardTime() else { return nil }
        scanner.skipSpace()
        guard scanner.skip("-->") else { return nil }
        scanner.skipSpace()
        guard let end = scanner.standardTime() else { return nil }
        (self.start, self.end) = (start, end)
    }

    /// With dots or commas, hours or none, as many digits as there are, an arrow of any length.
    ///
    /// - Returns: nil where the line is something else.
    init?(lenient line: String) {
        var scanner = TimeScanner(line)
        scanner.skipSpace()
        guard let start = scanner.lenientTime() else { return nil }
        scanner.skipSpace()
        guard scanner.skipArrow() else { return nil }
        scanner.skipSpace()
        guard let end = scanner.lenientTime() else { return nil }
        (self.start, self.end) = (start, end)
    }
}

private struct TimeScanner {
    private var rest: Substring.UnicodeScalarView

    init(_ line: String) { rest = line[...].unicodeScalars }

    mutating func skipSpace() {
        rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\u{C}" }
    }

    mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }

    /// "-->", and what people type for it.
    mutating func skipArrow() -> Bool {
        let dashes = rest.prefix { $0 == "-" || $0 == "–" || $0 == "—" }
        rest = rest.dropFirst(dashes.count)
        return skip(">") && !dashes.isEmpty
    }

    /// Source: WebVTT, "collect a WebVTT timestamp".
    mutating func standardTime() -> Int? {
        guard let first = digits(1...9) else { return nil }
        guard skip(":"), let second = digits(2...2) else { return nil }
        var parts = [0, first.value, second.value]
        if first.count != 2 || first.value > 59 || rest.first == ":" {
            guard skip(":"), let third = digits(2...2) else { return nil }
            parts = [first.value, second.value, third.value]
        }
        guard skip("."), let fraction = digits(3...3) else { return nil }
        return total(parts, fraction.value)
    }

    mutating func lenientTime() -> Int? {
        guard let first = digits(1...9) else { return nil }
        var parts = [first.value]
        while parts.count < 3, skip(":") {
            // Some write a space after the colon.
            skipSpace()
            guard let next = digits(1...2) else { return nil }
            parts.append(next.value)
        }
        guard parts.count > 1 else { return nil }
        var thousandths = 0
        if skip(",") || skip(".") {
            skipSpace()
            guard let fraction = digits(1...9) else { return nil }
            thousandths = fraction.value
            for _ in 0..<max(0, 3 - fraction.count) { thousandths *= 10 }
            for _ in 0..<max(0, fraction.count - 3) { thousandths /= 10 }
        }
        return total(parts.count == 2 ? [0] + parts : parts, thousandths)
    }

    private func total(_ parts: [Int], _ thousandths: Int) -> Int? {
        guard parts[1] < 60, parts[2] < 60, parts[0] < 1_000_000 else { return nil }
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + thousandths
    }

    private mutating func digits(_ counts: ClosedRange<Int>) -> (value: Int, count: Int)? {
        let found = rest.prefix { ("0"..."9").contains($0) }
        guard counts.contains(found.count), let value = Int(String(found)) else { return nil }
        rest = rest.dropFirst(found.count)
        return (value, found.count)
    }
}
