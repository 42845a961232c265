/// Reads JSON value by value, in the order of the text, refusing what RFC 8259 does not allow.
///
/// A caller that knows what must come asks for it and pays for nothing else: a vocabulary of a
/// quarter of a million entries goes into its table without a tree of values in between.
///
///     try reader.beginObject()
///     while let key = try reader.nextKey() { total += try reader.integer() }
///     try reader.end()
package struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    /// True between the opening bracket of a container and its first member.
    private var isFirst = false

    /// Deeper nesting than any file of a model needs; keeps recursion off the stack's end.
    private static let depthLimit = 64

    package init(_ bytes: [UInt8]) throws(JSONFault) {
        if let invalid = firstInvalidByte(bytes) {
            throw JSONFault(problem: .notUTF8, offset: invalid)
        }
        self.bytes = bytes
    }

    /// Checks that nothing but white space follows.
    package mutating func end() throws(JSONFault) {
        skipSpace()
        if position < bytes.count { throw fault(.trailing) }
    }

    package mutating func beginObject() throws(JSONFault) { try open(UInt8(ascii: "{"), .object) }

    package mutating func beginArray() throws(JSONFault) { try open(UInt8(ascii: "["), .array) }

    /// The next member's name, or nil when the object ends here.
    package mutating func nextKey() throws(JSONFault) -> String? {
        guard try nextMember(closing: UInt8(ascii: "}")) else { return nil }
        let key = try string()
        try colon()
        return key
    }

    /// Appends the UTF-8 of the next member's name to `storage`; false when the object ends here.
    package mutating func nextKey(appendingTo storage: inout [UInt8]) throws(JSONFault) -> Bool {
        guard try nextMember(closing: UInt8(ascii: "}")) else { return false }
        try string(appendingTo: &storage)
        try colon()
        return true
    }

    /// True when an element follows, false when the array ends here.
    package mutating func nextElement() throws(JSONFault) -> Bool {
        try nextMember(closing: UInt8(ascii: "]"))
    }

    package mutating func string() throws(JSONFault) -> String {
        var storage: [UInt8] = []
        try string(appendingTo: &storage)
        return String(decoding: storage, as: UTF8.self)
    }

    /// A whole number without fraction or exponent.
    package mutating func integer() throws(JSONFault) -> Int {
        guard case .integer(let value) = try number() else { throw fault(.expected(.integer)) }
        return value
    }

    package mutating func boolean() throws(JSONFault) -> Bool {
        if try take("true") { return true }
        if try take("false") { return false }
        throw fault(.expected(.boolean))
    }

    /// Takes a `null` if one is next.
    package mutating func null() throws(JSONFault) -> Bool { try take("null") }

    /// Whatever comes next, whole.
    package mutating func value() throws(JSONFault) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try beginObject()
            while let key = try nextKey() {
                let start = position
                if members.updateValue(try value(), forKey: key) != nil {
                    throw JSONFault(problem: .duplicateKey(key), offset: start)
                }
            }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try beginArray()
            while try nextElement() { elements.append(try value()) }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try boolean())
        case UInt8(ascii: "n"):
            guard try null() else { throw fault(.expected(.value)) }
            return .null
        default: return try number()
        }
    }

    /// The first byte of the next value without taking it; nil at the end.
    package mutating func peek() -> UInt8? {
        skipSpace()
        return position < bytes.count ? bytes[position] : nil
    }

    /// Bytes from the start of the text to what is read next.
    var offset: Int { position }

    package func fault(_ problem: JSONFault.Problem) -> JSONFault {
        JSONFault(problem: problem, offset: position)
    }
}

extension JSONReader {
    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func open(
        _ bracket: UInt8, _ expected: JSONFault.Kind
    ) throws(JSONFault) {
        guard peek() == bracket else { throw fault(.expected(expected)) }
        guard depth < JSONReader.depthLimit else { throw fault(.tooDeep) }
        position += 1
        depth += 1
        isFirst = true
    }

    private mutating func nextMember(closing bracket: UInt8) throws(JSONFault) -> Bool {
        let next = peek()
        if next == bracket {
            position += 1
            depth -= 1
            isFirst = false
            return false
        }
        if isFirst {
            isFirst = false
            return true
        }
        guard next == UInt8(ascii: ",") else { throw fault(.expected(.comma)) }
        position += 1
        return true
    }

    private mutating func colon() throws(JSONFault) {
        guard peek() == UInt8(ascii: ":") else { throw fault(.expected(.colon)) }
        position += 1
    }

    private mutating func take(_ word: StaticString) throws(JSONFault) -> Bool {
        let letters = word.description.utf8
        guard peek() == letters.first else { return false }
        guard bytes[position...].starts(with: letters) else { throw fault(.expected(.value)) }
        position += letters.count
        return true
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        skipSpace()
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
        let wholeDigits = skipDigits()
        guard wholeDigits > 0, !(leadingZero && wholeDigits > 1) else {
            position = start
            throw fault(.expected(.value))
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            if skipDigits() == 0 { throw fault(.expected(.value)) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D {
                position += 1
            }
            if skipDigits() == 0 { throw fault(.expected(.value)) }
        }
        if isWhole, let value = wholeNumber(start..<position) { return .integer(value) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text) else { throw fault(.numberRange) }
        return .number(value)
    }

    /// The value of digits behind an optional minus; nil where `Int` cannot hold it.
    private func wholeNumber(_ range: Range<Int>) -> Int? {
        let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
        var value = 0
        for byte in bytes[range].dropFirst(isNegative ? 1 : 0) {
            let (tens, tooMany) = value.multipliedReportingOverflow(by: 10)
            let digit = Int(byte - UInt8(ascii: "0"))
            let (next, tooLarge) = tens.subtractingReportingOverflow(digit)
            guard !tooMany, !tooLarge else { return nil }
            value = next  // negative, since the least Int has no opposite
        }
        return isNegative ? value : value == .min ? nil : -value
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }
}

extension JSONReader {
    /// Appends the UTF-8 of the string that comes next, its escapes resolved.
    package mutating func string(appendingTo storage: inout [UInt8]) throws(JSONFault) {
        guard peek() == UInt8(ascii: "\"") else { throw fault(.expected(.string)) }
        position += 1
        var start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                for i in start..<position { storage.append(bytes[i]) }  // mostly a short word
                position += 1
                return
            }
            if byte < 0x20 { throw fault(.controlCharacter) }
            position += 1
            if byte == UInt8(ascii: "\\") {
                storage.append(contentsOf: bytes[start..<(position - 1)])
                try escape(appendingTo: &storage)
                start = position
            }
        }
        throw fault(.expected(.closingQuote))
    }

    /// Resolves the escape whose backslash has been taken.
    private mutating func escape(appendingTo storage: inout [UInt8]) throws(JSONFault) {
        guard position < bytes.count else { throw fault(.expected(.closingQuote)) }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): storage.append(letter)
        case UInt8(ascii: "b"): storage.append(0x08)
        case UInt8(ascii: "f"): storage.append(0x0C)
        case UInt8(ascii: "n"): storage.append(0x0A)
        case UInt8(ascii: "r"): storage.append(0x0D)
        case UInt8(ascii: "t"): storage.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if code & 0xFC00 == 0xD800 {
                guard bytes[position...].starts(with: [0x5C, 0x75]) else { throw fault(.escape) }
                position += 2
                let low = try hexadecimal()
                guard low & 0xFC00 == 0xDC00 else { throw fault(.escape) }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault(.escape) }
            storage.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw fault(.escape)
        }
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = hexDigit(bytes[position]) else {
                throw fault(.escape)
            }
            code = code << 4 | digit
            position += 1
        }
        return code
    }
}

private func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
}

/// The offset of the first byte that is not UTF-8, nil when all of it is.
private func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    do {
        _ = try UTF8Span(validating: bytes.span)
        return nil
    } catch {
        return error.byteOffsets.lowerBound
    }
}
