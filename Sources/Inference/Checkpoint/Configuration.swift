import Signals

/// A model's `config.json`, or another JSON file of settings, read field by field.
///
/// A field without a default must be there; a field of the wrong type or out of range is refused,
/// never replaced.
package struct Configuration: Sendable {
    private let file: String
    private let path: String
    private let value: JSONValue

    /// - Throws: `ConfigurationError` where the file cannot be read or is no JSON object.
    package init(file: String) throws(ConfigurationError) {
        let bytes: [UInt8]
        do { bytes = try MappedFile.bytes(of: file) } catch { throw .unreadable(error) }
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(file: file, error)
        }
        guard value.object != nil else { throw .notAnObject(file: file, field: "") }
        self.file = file
        path = ""
    }

    private init(file: String, path: String, value: JSONValue) {
        self.file = file
        self.path = path
        self.value = value
    }

    /// True where the field is there, and is not null.
    package func has(_ name: String) -> Bool { field(name) != nil }

    /// An object inside; an empty one where the field is missing and `isOptional`.
    ///
    /// - Throws: `ConfigurationError` where the field is missing or no object.
    package func section(
        _ name: String, isOptional: Bool = false
    ) throws(ConfigurationError) -> Configuration {
        guard let inner = field(name) else {
            guard isOptional else { throw .missing(file: file, field: path + name) }
            return Configuration(file: file, path: path + name + ".", value: .object([:]))
        }
        guard inner.object != nil else { throw .notAnObject(file: file, field: path + name) }
        return Configuration(file: file, path: path + name + ".", value: inner)
    }

    /// A whole number.
    ///
    /// - Throws: `ConfigurationError` where it is missing without a default, or out of range.
    package func integer(
        _ name: String, in range: ClosedRange<Int>, default standard: Int? = nil
    ) throws(ConfigurationError) -> Int {
        guard let found = field(name) else {
            guard let standard else { throw .missing(file: file, field: path + name) }
            return standard
        }
        guard let number = found.integer, range.contains(number) else {
            throw .value(
                file: file, field: path + name,
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A whole number, or nil where the field is missing.
    ///
    /// - Throws: `ConfigurationError` where it is out of range.
    package func optionalInteger(
        _ name: String, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> Int? {
        field(name) == nil ? nil : try integer(name, in: range)
    }

    /// A number.
    ///
    /// - Throws: `ConfigurationError` where it is missing without a default, or no number.
    package func number(
        _ name: String, default standard: Double? = nil
    ) throws(ConfigurationError) -> Double {
        guard let found = field(name) else {
            guard let standard else { throw .missing(file: file, field: path + name) }
            return standard
        }
        guard let number = found.double, number.isFinite else {
            throw .value(file: file, field: path + name, expected: "a number")
        }
        return number
    }

    /// A text.
    ///
    /// - Throws: `ConfigurationError` where it is missing without a default, or no text.
    package func text(
        _ name: String, default standard: String? = nil
    ) throws(ConfigurationError) -> String {
        guard let found = field(name) else {
            guard let standard else { throw .missing(file: file, field: path + name) }
            return standard
        }
        guard let text = found.string else {
            throw .value(file: file, field: path + name, expected: "a text")
        }
        return text
    }

    /// A list of texts; empty where the field is missing.
    ///
    /// - Throws: `ConfigurationError` where it is anything else.
    package func texts(_ name: String) throws(ConfigurationError) -> [String] {
        guard let found = field(name) else { return [] }
        let texts = found.array?.compactMap(\.string)
        guard let texts, texts.count == found.array?.count else {
            throw .value(file: file, field: path + name, expected: "a list of texts")
        }
        return texts
    }

    /// A layer's non-linearity, by the reference's name.
    ///
    /// - Throws: `ConfigurationError` where it is none that the kernels compute.
    package func activation(
        _ name: String, default standard: Activation
    ) throws(ConfigurationError) -> Activation {
        let text = try text(name, default: standard.rawValue)
        guard let activation = Activation(rawValue: text), activation != .identity else {
            throw .value(
                file: file, field: path + name,
                expected: "gelu, gelu_pytorch_tanh, gelu_new or quick_gelu")
        }
        return activation
    }

    /// Null counts as missing, as in the reference.
    func field(_ name: String) -> JSONValue? {
        guard let found = value[name], found != .null else { return nil }
        return found
    }

    /// An error about a field that reads well by itself and does not fit the others.
    package func unfit(_ name: String, expected: String) -> ConfigurationError {
        .value(file: file, field: path + name, expected: expected)
    }
}

/// Why a model's settings cannot be used.
package enum ConfigurationError: Explained, Equatable {
    case unreadable(FileFault)
    case notJSON(file: String, JSONFault)
    case notAnObject(file: String, field: String)
    case missing(file: String, field: String)
    case value(file: String, field: String, expected: String)

    package var what: String {
        switch self {
        case .unreadable(let fault): "cannot read \(fault.path): \(fault.reason)"
        case .notJSON(let file, let fault): "\(file) \(fault.sentence)"
        case .notAnObject(let file, ""): "\(file) holds no JSON object"
        case .notAnObject(let file, let field): "\(file) has '\(field)', which is no JSON object"
        case .missing(let file, let field): "\(file) lacks '\(field)'"
        case .value(let file, let field, let expected):
            "\(file) has '\(field)', which is not \(expected)"
        }
    }

    package var remedy: String {
        switch self {
        case .unreadable: "give the folder that holds the model's files"
        default: "fetch the model again, or give the folder of another"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
