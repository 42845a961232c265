import Speech
import Testing

@Suite struct SourceTextTests {
    private static let text =
        "One é\r\ntwo \u{1B}[1mbold\u{1B}[0m 日本\u{0}x\rlast 👩 line"

    @Test(arguments: [1, 3, 1000])
    func `every scalar knows its bytes, however the input is cut`(chunk: Int) {
        let bytes = Array(Self.text.utf8)
        var decoder = TextDecoder()
        var scalars: [Unicode.Scalar] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            scalars += decoder.decode(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        scalars += decoder.finish()
        #expect(String(String.UnicodeScalarView(scalars)) == "One é\ntwo bold 日本x\nlast 👩 line")
        for (i, scalar) in scalars.enumerated() {
            let place = decoder.source.place(of: i..<i + 1)
            #expect(place.text.unicodeScalars.elementsEqual([scalar]))
            let written = String(decoding: bytes[place.bytes], as: UTF8.self)
            #expect(written == (scalar == "\n" ? (i == 5 ? "\r\n" : "\r") : String(scalar)))
        }
    }

    @Test func `invalid bytes keep the count right`() {
        var decoder = TextDecoder()
        let scalars = decoder.decode([0x61, 0xFF, 0xE2, 0x82, 0x62, 0xC3, 0xA9])
        #expect(scalars == ["a", "\u{FFFD}", "\u{FFFD}", "b", "é"])
        #expect(decoder.source.place(of: 3..<4).bytes == 4..<5)
        #expect(decoder.source.place(of: 4..<5).bytes == 5..<7)
        #expect(decoder.source.place(of: 2..<3).bytes == 2..<4)
    }

    @Test func `lines and characters are counted from one, also past what is forgotten`() {
        var decoder = TextDecoder()
        let line = "0123456789 é\n"
        let perLine = line.unicodeScalars.count
        for _ in 0..<30_000 { _ = decoder.decode(Array(line.utf8)) }
        let far = 29_999 * perLine + 4
        let before = decoder.source.place(of: far..<far + 2)
        #expect(before.line == 30_000 && before.character == 5 && before.text == "45")
        decoder.source.forget(before: far - 100)
        #expect(decoder.source.place(of: far..<far + 2) == before)
        #expect(decoder.source.place(of: 0..<5).text.isEmpty)
    }
}
