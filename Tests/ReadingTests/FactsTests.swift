import Foundation
import Reading
import Signals
import Testing

@Suite struct FactsTests {
    @Test(arguments: [
        (Paint.white, "white"), (Paint.black, "black"), (Paint.blue, "blue"),
        (Paint.green, "green"),
    ])
    func `a picture of one colour is blank, and its colour is named`(paint: Paint, name: String) {
        let facts = Facts(measuring: plain(200, 100, paint))
        #expect(facts.kind == .blank)
        #expect(
            facts.sentences() == [
                "The picture is blank: plain \(name).", "It is landscape, 200 by 100 pixels.",
            ])
    }

    @Test func `the noise of a covered lens is still blank`() {
        var noise = Noise(seed: 1)
        let facts = Facts(measuring: painted(300, 200) { _, _ in Paint(noise.next() / 32, 4, 4) })
        #expect(facts.sentences().first == "The picture is blank: plain black.")
    }

    @Test func `one thin line on a large white page is not blank`() {
        let page = painted(2000, 1500) { x, y in y == 701 && x > 300 && x < 340 ? .black : .white }
        #expect(Facts(measuring: page).kind != .blank)
    }

    @Test func `one pixel is blank`() {
        #expect(
            Facts(measuring: plain(1, 1, .red)).sentences() == [
                "The picture is blank: plain red.", "It is square, 1 by 1 pixels.",
            ])
    }

    @Test(arguments: [(1, 5000), (30_000, 1), (2, 2), (15, 17), (3, 700)])
    func `a sliver of a picture is measured like any other`(width: Int, height: Int) {
        var noise = Noise(seed: 7)
        let picture = painted(width, height) { _, _ in
            Paint(noise.next(), noise.next(), noise.next())
        }
        let facts = Facts(measuring: picture)
        #expect(facts.kind != .blank)
        #expect((facts.width, facts.height) == (width, height))
    }

    @Test func `a shaded button is drawn, for no camera makes an even ramp`() {
        let button = painted(180, 60) { _, y in Paint(150 + UInt8(y), 140 - 2 * UInt8(y), 10) }
        #expect(Facts(measuring: button).kind == .drawing)
    }

    @Test func `a code of black and white squares is no page of text`() {
        var noise = Noise(seed: 3)
        let squares = (0..<40 * 40).map { _ in noise.next() < 128 }
        let code = painted(160, 160) { x, y in squares[y / 4 * 40 + x / 4] ? .black : .white }
        #expect(Facts(measuring: code).kind == .drawing)
    }

    @Test func `halves above and below are told apart`() {
        let facts = Facts(measuring: painted(300, 300) { _, y in y < 150 ? .blue : .green })
        #expect(facts.sentences().dropFirst() == ["Mostly blue above and green below."])
        #expect(Set(facts.colours.main.map(\.name)) == [.blue, .green])
    }

    @Test func `halves to the left and right are told apart`() {
        let facts = Facts(measuring: painted(300, 300) { x, _ in x < 150 ? .red : .white })
        #expect(facts.sentences().dropFirst() == ["Mostly red on the left and white on the right."])
    }

    @Test func `a spot in the middle is told from its ground`() {
        let facts = Facts(
            measuring: painted(300, 300) { x, y in
                (100..<200).contains(x) && (100..<200).contains(y) ? .red : .white
            })
        #expect(facts.sentences().dropFirst() == ["Mostly white, with red in the centre."])
    }

    @Test func `a picture without colour is black and white`() {
        var noise = Noise(seed: 3)
        let facts = Facts(
            measuring: painted(300, 200) { x, _ in
                let grey = UInt8(x / 2) &+ noise.next() / 16
                return Paint(grey, grey, grey)
            })
        #expect(facts.isBlackAndWhite)
        #expect(facts.sentences().contains("Black and white."))
    }

    /// Squares of two greys, each pixel with a little grain, as a camera's picture has.
    private func board(_ dark: Int, _ light: Int, blurredOver radius: Int = 0) -> Image {
        var noise = Noise(seed: 11)
        return painted(400, 300) { x, y in
            var sum = 0
            for down in -radius...radius {
                for across in -radius...radius {
                    sum += ((x + across + 40) / 40 + (y + down + 40) / 40) % 2 == 0 ? dark : light
                }
            }
            let area = (2 * radius + 1) * (2 * radius + 1)
            let grey = UInt8(sum / area + Int(noise.next()) / 24)
            return Paint(grey, grey, grey)
        }
    }

    @Test func `a dark picture is dark, a bright one bright, others neither`() {
        #expect(Facts(measuring: board(10, 50)).light == .dark)
        #expect(Facts(measuring: board(170, 240)).light == .bright)
        #expect(Facts(measuring: board(60, 190)).light == nil)
        #expect(Facts(measuring: board(10, 230)).light == nil)
    }

    @Test func `little contrast is said, and not of a dark picture`() {
        #expect(Facts(measuring: board(120, 140)).sentences().contains("It looks low in contrast."))
        #expect(Facts(measuring: board(10, 30)).sentences().contains("It looks dark."))
        #expect(!Facts(measuring: board(60, 190)).isLowContrast)
    }

    @Test func `a chessboard with soft edges is blurred, one with clean edges is not`() {
        #expect(!Facts(measuring: board(40, 200)).isBlurred)
        #expect(!Facts(measuring: board(40, 200, blurredOver: 1)).isBlurred)
        #expect(Facts(measuring: board(40, 200, blurredOver: 6)).isBlurred)
        #expect(
            Facts(measuring: board(40, 200, blurredOver: 6)).sentences().contains(
                "It looks blurred."))
    }

    @Test func `without edges nothing is said about blur`() {
        let ramp = painted(500, 300) { x, _ in Paint(UInt8(x / 2), 90, 90) }
        #expect(!Facts(measuring: ramp).isBlurred)
    }

    @Test(arguments: [
        (400, 300, Facts.Shape.landscape), (300, 400, .portrait), (300, 300, .square),
        (303, 300, .square), (1000, 300, .panorama), (300, 1000, .tallStrip),
    ])
    func `the shape is that of the sides`(width: Int, height: Int, shape: Facts.Shape) {
        #expect(Facts(measuring: plain(width, height, .white)).shape == shape)
    }

    @Test func `the size is that of the file, not of a picture decoded smaller`() {
        var picture = plain(400, 300, .white)
        picture.details = Image.Details(fullWidth: 4000, fullHeight: 3000)
        #expect(
            Facts(measuring: picture).sentences().last == "It is landscape, 4000 by 3000 pixels.")
    }

    @Test func `date and camera are told as far as they are known`() {
        var picture = plain(40, 30, .white)
        picture.details.captureDate = "2024:05:01 12:30:00"
        picture.details.camera = "Canon EOS 5D"
        #expect(
            Facts(measuring: picture).sentences().last
                == "Taken on 1 May 2024 at 12:30 with a Canon EOS 5D.")
        picture.details.captureDate = "0000:00:00 00:00:00"
        #expect(Facts(measuring: picture).sentences().last == "Taken with a Canon EOS 5D.")
        picture.details.camera = nil
        #expect(Facts(measuring: picture).sentences().count == 2)
    }

    @Test func `lines of dark strokes on white fill a screenshot, bars a drawing`() {
        // Strokes 2 wide every 4 pixels, in lines of 10 with 6 between: like small print.
        let window = painted(800, 600) { x, y in
            let isLine = y % 16 < 10 && (40..<760).contains(x) && (40..<560).contains(y)
            return isLine && (x / 2 + x / 14) % 2 == 0 ? Paint(60, 60, 60) : .white
        }
        #expect(Facts(measuring: window).kind == .screenshot)
        let chart = painted(800, 600) { x, y in
            (x / 50) % 2 == 1 && y > 100 + x / 2 ? .blue : .white
        }
        #expect(Facts(measuring: chart).kind == .drawing)
    }

    @Test func `noise is called neither photograph nor drawing`() {
        var noise = Noise(seed: 5)
        let picture = painted(300, 300) { _, _ in Paint(noise.next(), noise.next(), noise.next()) }
        #expect(Facts(measuring: picture).kind == .unclear)
    }

    @Test func `the same picture gives the same facts`() {
        #expect(Facts(measuring: board(40, 200)) == Facts(measuring: board(40, 200)))
    }

    @Test func `facts are encoded with plain words`() throws {
        var picture = painted(300, 300) { _, y in y < 150 ? .blue : .green }
        picture.details.captureDate = "2024:05:01 12:30:00"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = String(decoding: try encoder.encode(Facts(measuring: picture)), as: UTF8.self)
        #expect(text.contains(#""captured":"2024-05-01T12:30:00""#))
        #expect(text.contains(#""kind":"drawing""#))
        #expect(text.contains(#"{"name":"blue","part":"above"}"#))
    }
}
