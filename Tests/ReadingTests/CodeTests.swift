import Reading
import Signals
import TestKit
import Testing

@Suite struct CodeTests {
    @Test(arguments: [(1, 1), (1, 300), (30_000, 1), (2, 2), (64, 64)])
    func `a picture without marks holds no code`(width: Int, height: Int) throws {
        #expect(try readCodes(plain(width, height, .white)) == [])
    }

    @Test func `stripes and noise hold no code`() throws {
        let stripes = painted(400, 100) { x, _ in x / 4 % 2 == 0 ? .black : .white }
        #expect(try readCodes(stripes) == [])
        var noise = Noise(seed: 4)
        #expect(
            try readCodes(painted(300, 300) { _, _ in noise.next() < 128 ? .black : .white }) == [])
    }

    /// EAN-13 drawn after its definition (ISO/IEC 15420): no other library's picture.
    @Test func `a drawn EAN-13 is read with kind, text and box`() throws {
        let modules = ean13("4006381333931")
        let picture = painted(400, 120) { x, y in
            let module = (x - 50) / 3
            let isBar =
                x >= 50 && module < modules.count && modules[module] && (20..<100).contains(y)
            return isBar ? .black : .white
        }
        let code = try #require(try readCodes(picture).first)
        #expect(code.kind == .ean13)
        #expect(code.kind.rawValue == "EAN-13 bar code")
        #expect(code.text == "4006381333931")
        #expect(code.box.x >= 45 && code.box.x + code.box.width <= 345)
        #expect(code.box.y >= 15 && code.box.y + code.box.height <= 105)
    }

    private func ean13(_ digits: String) -> [Bool] {
        let left = [
            "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
            "0110111", "0001011",
        ]
        let parities = [
            "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
            "LGLGGL", "LGGLGL",
        ]
        let numbers = digits.compactMap(\.wholeNumberValue)
        var bits = "101"
        for (digit, parity) in zip(numbers[1...6], parities[numbers[0]]) {
            let inverted = left[digit].map { $0 == "0" ? "1" : "0" }.joined()
            bits += parity == "L" ? left[digit] : String(inverted.reversed())
        }
        bits += "01010"
        for digit in numbers[7...12] { bits += left[digit].map { $0 == "0" ? "1" : "0" }.joined() }
        return (bits + "101").map { $0 == "1" }
    }
}

@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct SharedCodeTests {
    private func truth(_ path: String) throws -> String {
        String(decoding: try SharedTestData.bytes("images/barcodes/\(path).txt"), as: UTF8.self)
    }

    /// QR texts, line ends included.
    @Test(arguments: ["qrcode-2_1", "qrcode-2_10", "qrcode-2_i128"])
    func `a QR code says its text`(name: String) throws {
        let codes = try readCodes(try shared("barcodes/\(name).png"))
        #expect(codes.map(\.kind) == [.qr])
        // Truth files write line ends and quotes as they please; compare letters.
        let letters = { (text: String) in text.filter { $0.isLetter || $0.isNumber } }
        #expect(codes.map { letters($0.text) } == [letters(try truth(name))])
    }

    @Test(arguments: ["code128-1_1", "code128-1_4"])
    func `a Code 128 says its digits`(name: String) throws {
        let codes = try readCodes(try shared("barcodes/\(name).png"))
        #expect(codes.map(\.kind.rawValue) == ["Code 128 bar code"])
        #expect(codes.map(\.text) == [try truth(name)])
    }

    @Test func `a code in a photograph is found where it is`() throws {
        let picture = try shared("barcodes/qrcode-1_1.webp")
        let code = try #require(try readCodes(picture).first)
        #expect(code.text.contains("en.wikipedia.org/wiki/Main_Page"))
        #expect(code.box.x + code.box.width <= picture.width)
        #expect(code.box.y + code.box.height <= picture.height)
        #expect(code.box.width > picture.width / 2)
    }

    @Test(arguments: [
        "aztec-1_BinarizerFallback", "aztec-1_Historico", "aztec-1_i217",
        "datamatrix-1_144x144_wrong", "datamatrix-1_C40", "datamatrix-1_HelloWorld_Text_L_Kaywa",
        "microqrcode-1_1", "microqrcode-1_M2-Alpha", "microqrcode-1_M3-Kanji",
    ])
    func `a kind of code that the scanner does not know gets no invented answer`(name: String)
        throws
    {
        #expect(try readCodes(try shared("barcodes/\(name).png")) == [])
    }

    @Test func `photographs, charts and pages hold no codes`() throws {
        let others = [
            "charts/bar.png", "charts/line.png", "text/lorem_ipsum_screenshot.png",
            "photos/horse.png",
        ]
        for path in try sharedPhotographs() + others {
            #expect(try readCodes(try shared(path)) == [], "\(path)")
        }
    }
}
