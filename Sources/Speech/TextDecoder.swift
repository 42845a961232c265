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
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            take(scalar, into: &text)
        }
        return text
    }

    private mutating func take(_ scalar: Unicode.Scalar, into text: inout [Unicode.Scalar]) {
        switch (state, scalar.value) {
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
            text.append("\n")
        case (.carriageReturn, _):
            state = .text
            text.append("\n")
            take(scalar, into: &text)
        case (.escape, _), (.designation, _), (.control, _), (.string, _):
            // Not a sequence after all.
            state = .text
            take(scalar, into: &text)
        case (.text, 0x0D): state = .carriageReturn
        case (.text, 0x0B), (.text, 0x0C), (.text, 0x85), (.text, 0x2028), (.text, 0x2029):
            text.append("\n")
        case (.text, 0x09), (.text, 0x0A): text.append(scalar)
        case (.text, 0..<0x20), (.text, 0x7F..<0xA0): break
        case (.text, _): text.append(scalar)
        }
    }
}
