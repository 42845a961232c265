import Reading
import Signals
import TestKit
import Testing

@Suite struct TextReaderTests {
    @Test(arguments: [
        "", "+", "eng+", "../eng", "eng deu", "e'ng", "/eng", "script/../eng", "a/b/c",
    ])
    func `a name that names no language is refused as wrong usage`(name: String) {
        #expect {
            _ = try TextReader(language: name)
        } throws: { error in
            guard case .languageInvalid? = error as? ReadingError else { return false }
            return (error as? ReadingError)?.exitStatus == .usage
        }
    }

    @Test func `a language that nobody has is reported as missing, with status 69`() {
        #expect {
            _ = try TextReader(language: "eng+zzz_none")
        } throws: { error in
            guard let error = error as? ReadingError,
                case .languageMissing("zzz_none", _) = error
            else { return false }
            return error.exitStatus == .unavailable
        }
    }

    @Test(arguments: [
        ("deu", "tesseract-ocr-deu"), ("chi_sim", "tesseract-ocr-chi-sim"),
        ("script/Latin", "tesseract-ocr-script-latn"),
        ("script/Japanese_vert", "tesseract-ocr-script-jpan-vert"),
        ("script/HanS", "tesseract-ocr-script-hans"),
        ("script/Canadian_Aboriginal", "tesseract-ocr-script-cans"),
    ])
    func `a missing language is named with its Debian package`(language: String, package: String) {
        let error = ReadingError.languageMissing(language: language, folder: "/tessdata")
        #expect(error.what == "the text language '\(language)' is not in /tessdata")
        #expect(error.remedy == "type: sudo apt install \(package)")
    }

    @Test(arguments: [(1, 1), (1, 500), (30_000, 1), (7, 7), (300, 200)])
    func `a picture without marks holds no text`(width: Int, height: Int) throws {
        let reader = try TextReader(language: "eng")
        #expect(try reader.read(plain(width, height, .white)) == [])
    }

    @Test(arguments: [(1, 1), (1, 500), (2, 3), (30_000, 1), (15, 40), (16, 16), (33, 16)])
    func `noise of any shape holds no text`(width: Int, height: Int) throws {
        var noise = Noise(seed: 9)
        let picture = painted(width, height) { _, _ in
            let grey = noise.next() < 128 ? Paint.black : .white
            return grey
        }
        #expect(try TextReader(language: "eng").read(picture) == [])
    }
}

@Suite(
    .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)), .serialized)
struct SharedTextTests {
    let reader: TextReader

    init() throws { reader = try TextReader(language: "eng") }

    private func text(_ path: String) throws -> String {
        try reader.read(try shared(path)).map(\.text).joined(separator: "\n")
    }

    @Test func `a page on its head is read to the letter`() throws {
        let page = try shared("text/phototest-rotated-180.png")
        let truth = String(
            decoding: try SharedTestData.bytes("images/text/phototest.txt"), as: UTF8.self)
        for picture in [page, turnedOver(page), turnedLeft(page), turnedLeft(turnedOver(page))] {
            let blocks = try reader.read(picture)
            let read = blocks.map(\.text).joined(separator: " ")
            // Eight clean lines of 12-point print: one letter in 200 may be wrong.
            #expect(characterErrorRate(read, truth: truth) <= 0.005)
            for block in blocks {
                #expect(block.box.x >= 0 && block.box.x + block.box.width <= picture.width)
                #expect(block.box.y >= 0 && block.box.y + block.box.height <= picture.height)
                #expect(block.confidence > 0.9 && block.confidence <= 1)
            }
        }
    }

    @Test func `a block's box is where the letters are`() throws {
        let page = try shared("text/phototest-rotated-180.png")
        let box = try #require(try reader.read(page).first).box
        let ink = inkBox(of: page)
        // Tesseract's boxes keep a pixel or two of ground around the letters.
        for (found, drawn) in [
            (box.x, ink.x), (box.y, ink.y), (box.x + box.width, ink.x + ink.width),
            (box.y + box.height, ink.y + ink.height),
        ] {
            #expect(abs(found - drawn) <= 4, "\(box) beside \(ink)")
        }
    }

    @Test func `light text on a dark ground is read as well`() throws {
        let page = turnedOver(try shared("text/phototest-rotated-180.png"))
        let inverted = Image(
            width: page.width, height: page.height, pixels: page.pixels.map { 255 - $0 })
        let truth = String(
            decoding: try SharedTestData.bytes("images/text/phototest.txt"), as: UTF8.self)
        let read = try reader.read(inverted).map(\.text).joined(separator: " ")
        #expect(characterErrorRate(read, truth: truth) <= 0.005)
    }

    @Test func `a screen full of text is read in order`() throws {
        let blocks = try reader.read(try shared("text/lorem_ipsum_screenshot.png"))
        #expect(blocks.count == 5)
        let openings = [
            "Lorem ipsum dolor sit amet, consectetur", "Duis ac magna consequat",
            "Suspendisse potenti", "Aliquam felis risus", "Nunc ac neque leo",
        ]
        for (block, opening) in zip(blocks, openings) { #expect(block.text.hasPrefix(opening)) }
        #expect(blocks.map(\.box.y) == blocks.map(\.box.y).sorted())
    }

    @Test(
        arguments: [
            ("screenshots/login-original.png", ["Login"]),
            (
                "text/exceltable.png",
                ["Scottish Longbreads $1,267.50", "Total $14,181.59 $8,127.78 $22,309.37"]
            ),
            ("text/page.png", ["segmentation", "object or background"]),
            ("charts/line.png", ["2005", "2008", "2010", "800", "100", "date"]),
            ("charts/point_2d.png", ["Horsepower", "120", "200"]),
            ("charts/bar_grouped.png", ["category", "group"]),
            ("charts/arc_pie.png", ["category"]),
            ("charts/geo_choropleth.png", ["rate", "0.3", "0.2", "0.1"]),
            ("charts/rect_heatmap_weather.png", ["Daily Max Temperatures (C) in Seattle, WA"]),
        ] as [(String, [String])])
    func `the words of a table, a window or a chart are read`(path: String, words: [String]) throws
    {
        let text = try text(path)
        for word in words { #expect(text.contains(word), "\(word) in \(text)") }
    }

    @Test func `photographs without writing yield no text`() throws {
        for path in try sharedPhotographs() {
            #expect(try text(path) == "", "\(path)")
        }
    }

    @Test func `a script that the language does not know is not turned into Latin letters`() throws
    {
        // Hindi names in Devanagari, each with its Latin spelling beside it.
        let blocks = try reader.read(try shared("text/devatest.png"))
        for block in blocks { #expect(block.confidence >= 0.85, "\(block.text)") }
    }
}

private func turnedOver(_ image: Image) -> Image {
    painted(image.width, image.height) { x, y in
        pixel(image, image.width - 1 - x, image.height - 1 - y)
    }
}

private func turnedLeft(_ image: Image) -> Image {
    painted(image.height, image.width) { x, y in pixel(image, image.width - 1 - y, x) }
}

private func pixel(_ image: Image, _ x: Int, _ y: Int) -> Paint {
    let i = 3 * (y * image.width + x)
    return Paint(image.pixels[i], image.pixels[i + 1], image.pixels[i + 2])
}

/// The smallest box that holds every dark pixel.
private func inkBox(of image: Image) -> Box {
    var (left, top, right, bottom) = (image.width, image.height, 0, 0)
    for y in 0..<image.height {
        for x in 0..<image.width where pixel(image, x, y).green < 128 {
            (left, top) = (min(left, x), min(top, y))
            (right, bottom) = (max(right, x + 1), max(bottom, y + 1))
        }
    }
    return Box(x: left, y: top, width: right - left, height: bottom - top)
}

/// Edits per letter of the truth (Levenshtein), white space of any kind counted as one space.
private func characterErrorRate(_ text: String, truth: String) -> Double {
    let read = Array(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    let wanted = Array(truth.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return Double(editDistance(read, wanted)) / Double(max(1, wanted.count))
}
