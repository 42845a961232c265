/// A value as JSON text, on one line, with the members of an object in the order given.
package enum JSON: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    /// Written with at most four decimals; JSON has no word for NaN and infinity, they become null.
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(name: String, value: JSON)])

    package var line: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .number(let value): Self.decimal(value)
        case .string(let value): Self.quoted(value)
        case .array(let values): "[" + values.map(\.line).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.line }.joined(separator: ",")
                + "}"
        }
    }

    private static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        guard abs(value) < 1e11 else { return "\(value)" }
        return "\((value * 10_000).rounded() / 10_000)"
    }

    /// RFC 8259, section 7: quotes, backslash and control characters are escaped.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            // U+007F to U+009F may stand in JSON, but would reach a terminal.
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
