/// The letters that byte-level tokenizers write bytes with: printable ones stand for themselves,
/// the others for letters from U+0100 on, so that a space is Ġ.
///
/// Source: `bytes_to_unicode` in GPT-2's `encoder.py`.
enum ByteAlphabet {
    static let letters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (0...255).map { (byte: UInt32) in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(UInt8(byte))
            default:
                defer { next += 1 }
                return Unicode.Scalar(next) ?? "?"
            }
        }
    }()

    /// The letter of each byte, encoded.
    static let utf8: [[UInt8]] = letters.map { UTF8.encode($0).map(Array.init) ?? [] }

    private static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: zip(letters, UInt8.min...UInt8.max))

    static func byte(of letter: Unicode.Scalar) -> UInt8? { bytes[letter] }

    static func spelled(_ text: some Collection<Unicode.Scalar>) -> [Unicode.Scalar] {
        text.flatMap { scalar in
            UTF8.encode(scalar).map { $0.map { letters[Int($0)] } } ?? []
        }
    }

    /// The bytes that a token spells; a token with any other letter is plain text.
    static func bytes(of token: String) -> [UInt8] {
        var spelled: [UInt8] = []
        for letter in token.unicodeScalars {
            guard let byte = bytes[letter] else { return Array(token.utf8) }
            spelled.append(byte)
        }
        return spelled
    }
}
