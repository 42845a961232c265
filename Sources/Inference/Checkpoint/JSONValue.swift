/// One JSON value, whole; for the small parts of a file.
package enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// A number written without fraction or exponent that fits.
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The whole of a text.
    package init(parsing bytes: [UInt8]) throws(JSONFault) {
        var reader = try JSONReader(bytes)
        self = try reader.value()
        try reader.end()
    }

    /// The member of that name; nil where it is missing, null, or this is no object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[name], value != .null else {
            return nil
        }
        return value
    }

    package var boolean: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    package var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// Any number.
    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: [String: JSONValue]? {
        if case .object(let value) = self { value } else { nil }
    }
}

/// Why a text is not the JSON that was expected, and where.
package struct JSONFault: Error, Sendable, Equatable {
    package let problem: Problem
    /// Bytes from the start of the text.
    package let offset: Int

    package init(problem: Problem, offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    package enum Problem: Sendable, Equatable {
        case notUTF8
        case expected(Kind)
        case escape
        case controlCharacter
        case numberRange
        case tooDeep
        case duplicateKey(String)
        case trailing
    }

    package enum Kind: String, Sendable {
        case object = "an object"
        case array = "a list"
        case string = "a string"
        case integer = "a whole number"
        case boolean = "true or false"
        case value = "a value"
        case comma = "a comma or a closing bracket"
        case colon = "a colon"
        case closingQuote = "a closing quote"
    }

    /// Continues "the file …".
    package var sentence: String {
        let problem =
            switch problem {
            case .notUTF8: "bytes that are not UTF-8"
            case .expected(let kind): "something else where \(kind.rawValue) must be"
            case .escape: "an escape that JSON does not know"
            case .controlCharacter: "a bare control character in a string"
            case .numberRange: "a number that is out of range"
            case .tooDeep: "brackets nested too deep"
            case .duplicateKey(let key): "the name '\(key.prefix(80))' twice"
            case .trailing: "more text after the end of its value"
            }
        return "is no proper JSON: it has \(problem) at byte \(offset)"
    }
}
