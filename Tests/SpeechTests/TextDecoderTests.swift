import Speech
import Testing

@Suite struct TextDecoderTests {
    private func decoded(_ bytes: [UInt8], chunk: Int = .max) -> String {
        var decoder = TextDecoder()
        var scalars: [Unicode.Scalar] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            scalars += decoder.decode(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        scalars += decoder.finish()
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    static let cases: [(String, String)] = [
        ("\u{1B}[31mred\u{1B}[0m", "red"),
        ("\u{1B}[38;5;196mred", "red"),
        ("\u{1B}]8;;http://a.b/c\u{1B}\\link\u{1B}]8;;\u{7}.", "link."),
        ("\u{1B}]0;title\u{7}text", "text"),
        ("\u{1B}(Btext\u{1B}=", "text"),
        ("\u{1B}Pq#0;2\u{1B}\\after", "after"),
        ("\u{1}400Stext\u{0}more", "400Stextmore"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u{C}b\u{2029}c\u{85}d", "a\nb\nc\nd"),
        ("\u{9B}x\u{7F}", "x"),
        ("\u{1B}]never ended\nnext line", "\nnext line"),
        ("tab\tstays é 漢 👩", "tab\tstays é 漢 👩"),
    ]

    @Test(arguments: cases)
    func `escape sequences and controls are dropped`(source: String, text: String) {
        #expect(decoded(Array(source.utf8)) == text)
    }

    @Test(arguments: cases, [1, 2, 3, 5])
    func `the cut between chunks makes no difference`(example: (String, String), chunk: Int) {
        #expect(decoded(Array(example.0.utf8), chunk: chunk) == example.1)
    }

    @Test(
        arguments: [
            [0x61, 0xFF, 0x62], [0x61, 0xC3], [0x61, 0xF0, 0x9F, 0x91], [0xED, 0xA0, 0x80],
            [0xC0, 0x80], [0x80, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func `invalid bytes are replaced as the standard library does`(bytes: [UInt8]) {
        #expect(decoded(bytes) == String(decoding: bytes, as: UTF8.self))
    }

    @Test func `an escape sequence without end does not swallow the text`() {
        let source = "\u{1B}[" + String(repeating: "1;", count: 5000) + "m end."
        #expect(decoded(Array(source.utf8)).hasSuffix(" end."))
    }
}
