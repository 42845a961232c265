import Glibc

/// A tag that the engine understands, made of checked values.
struct EngineTag: Equatable {
    let opening: String
    let closing: String

    /// A `prosody` of what is right in its attributes; nil where nothing is.
    init?(prosody attributes: [String: String]) {
        let checked = ["rate", "pitch", "range", "volume"].compactMap { name in
            attributes[name].flatMap { SSMLValue.prosody($0, isRate: name == "rate") }
                .map { " \(name)=\"\($0)\"" }
        }
        guard !checked.isEmpty else { return nil }
        opening = "<prosody\(checked.joined())>"
        closing = "</prosody>"
    }

    init(emphasis level: String) {
        let known = ["strong", "moderate", "none", "reduced", "x-strong"].contains(level)
        opening = "<emphasis level=\"\(known ? level : "moderate")\">"
        closing = "</emphasis>"
    }
}

/// Values of SSML's attributes.
enum SSMLValue {
    /// - Parameters:
    ///   - text: a name, "120%", "+10%", "2st", "+6dB", or a factor for a rate.
    ///   - isRate: whether a plain number is a factor.
    /// - Returns: what the engine understands; nil for anything else.
    static func prosody(_ text: String, isRate: Bool) -> String? {
        let value = text.trimmingSpaces.lowercased()
        if names.contains(value) { return value }
        let sign = value.first == "+" || value.first == "-" ? String(value.prefix(1)) : ""
        let digits = value.dropFirst(sign.count).prefix { $0.isNumber || $0 == "." }
        let unit = value.dropFirst(sign.count + digits.count)
        guard digits.count < 8, let number = Double(digits) else { return nil }
        let signed = sign == "-" ? -number : number
        let percent: Double
        switch unit {
        case "%": percent = sign.isEmpty ? number : 100 + signed
        case "st": percent = 100 * pow(2, signed / 12)
        case "db": percent = 100 * pow(10, signed / 20)
        case "" where isRate && sign.isEmpty: percent = number * 100
        default: return nil
        }
        return "\(Int(min(max(percent, 10), 500).rounded()))%"
    }

    /// Of `time` or else `strength`; a break without either is a medium one.
    static func pauseSeconds(_ attributes: [String: String]) -> Double {
        if let time = attributes["time"]?.trimmingSpaces.lowercased() {
            let isMilliseconds = time.hasSuffix("ms")
            let number = Double(time.dropLast(isMilliseconds ? 2 : 1)) ?? 0
            guard time.hasSuffix("s"), number.isFinite else { return 0 }
            return min(max(isMilliseconds ? number / 1000 : number, 0), longestPause)
        }
        switch attributes["strength"] {
        case "none": return 0
        case "x-weak": return 0.1
        case "weak": return 0.2
        case "strong": return 0.7
        case "x-strong": return 1.2
        default: return 0.4
        }
    }

    private static let longestPause = 60.0
    private static let names: Set<String> = [
        "x-slow", "slow", "medium", "fast", "x-fast", "x-low", "low", "high", "x-high", "silent",
        "x-soft", "soft", "loud", "x-loud", "default",
    ]
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
