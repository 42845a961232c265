/// Turns bytes from anywhere into text that is safe to cut into sentences, chunk by chunk.
///
/// Invalid UTF-8 becomes U+FFFD. Dropped are terminal escape sequences and control characters:
/// the engine would read text after NUL never, and obey commands that begin with control-A.
/// Line ends of all kinds become line feeds.
package struct TextDecoder {
    /// What the next scalar belongs to.
    private enum State {
        case text
        case carriageReturn
        /// After ESC.
        case escape
        /// After ESC and one or more of the bytes that only announce the last one.
        case designation
        /// In `ESC [ … letter`.
        case control(length: Int)
        /// In `ESC ] … BEL`, or a like string that ends with BEL or ESC.
        case string(length: Int)
    }

    /// An escape sequence is not longer; what claims to be is text again.
    private static let longestSequence = 4096

    /// The bytes of a scalar whose end has not come.
    private var tail: [UInt8] = []
    private var state = State.text
    /// How many bytes came before those that are decoded now.
    private var byteCount = 0
    /// Where everything was in the input; what is said for good is to be forgotten.
    package var source = SourceText()

    package init() {}

    package mutating func decode(_ bytes: [UInt8]) -> [Unicode.Scalar] {
        var bytes = tail + bytes
        tail = Array(bytes.suffix(Self.unfinishedCount(bytes)))
        bytes.removeLast(tail.count)
        return filtered(bytes)
    }

    /// Decodes what is left when no more bytes come.
    package mutating func finish() -> [Unicode.Scalar] {
        defer { tail = [] }
        return filtered(tail)
    }

    /// How many bytes at the end start a scalar without ending it.
    private static func unfinishedCount(_ bytes: [UInt8]) -> Int {
        for distance in 1...3 where distance <= bytes.count {
            let byte = bytes[bytes.count - distance]
            switch byte {
            case 0xC2...0xDF: return distance < 2 ? distance : 0
            case 0xE0...0xEF: return distance < 3 ? distance : 0
            case 0xF0...0xF4: return distance
            case 0x80...0xBF: continue
            default: return 0
            }
        }
        return 0
    }

    private mutating func filtered(_ bytes: [UInt8]) -> [Unicode.Scalar] {
        var text: [Unicode.Scalar] = []
        text.reserveCapacity(bytes.count)
        var parser = UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                take(Letter(UTF8.decode(encoded), byteCount, encoded.count), into: &text)
                byteCount += encoded.count
            case .error(let length):
                take(Letter("\u{FFFD}", byteCount, length), into: &text)
                byteCount += length
            case .emptyInput: return text
            }
        }
    }

    private mutating func append(_ letter: Letter, to text: inout [Unicode.Scalar]) {
        text.append(letter.scalar)
        source.add(letter.scalar, byte: letter.byte, width: letter.width)
    }

    private mutating func take(_ letter: Letter, into text: inout [Unicode.Scalar]) {
        switch (state, letter.scalar.value) {
        case (.text, 0x1B): state = .escape
        case (.escape, 0x5B): state = .control(length: 0)
        case (.escape, 0x5D), (.escape, 0x50), (.escape, 0x58), (.escape, 0x5E), (.escape, 0x5F):
            state = .string(length: 0)
        case (.escape, 0x20...0x2F), (.designation, 0x20...0x2F): state = .designation
        case (.escape, 0x30...0x7E), (.designation, 0x30...0x7E): state = .text
        case (.control, 0x40...0x7E): state = .text
        case (.control(let length), 0x20...0x3F) where length < Self.longestSequence:
            state = .control(length: length + 1)
        case (.string, 0x07), (.string, 0x9C): state = .text
        case (.string, 0x1B): state = .escape
        case (.string(let length), let value)
        where value != 0x0A && length < Self.longestSequence:
            state = .string(length: length + 1)
        case (.carriageReturn, 0x0A):
            state = .text
            append(Letter("\n", letter.byte - 1, 2), to: &text)
        case (.carriageReturn, _):
            state = .text
            append(Letter("\n", letter.byte - 1, 1), to: &text)
            take(letter, into: &text)
        case (.escape, _), (.designation, _), (.control, _), (.string, _):
            // Not a sequence after all.
            state = .text
            take(letter, into: &text)
        case (.text, 0x0D): state = .carriageReturn
        case (.text, 0x0B), (.text, 0x0C), (.text, 0x85), (.text, 0x2028), (.text, 0x2029):
            append(Letter("\n", letter.byte, letter.width), to: &text)
        case (.text, 0x09), (.text, 0x0A): append(letter, to: &text)
        case (.text, 0..<0x20), (.text, 0x7F..<0xA0): break
        case (.text, _): append(letter, to: &text)
        }
    }
}

/// A scalar, and where it is among the bytes.
private struct Letter {
    let scalar: Unicode.Scalar
    let byte: Int
    let width: Int

    init(_ scalar: Unicode.Scalar, _ byte: Int, _ width: Int) {
        (self.scalar, self.byte, self.width) = (scalar, byte, width)
    }
}
