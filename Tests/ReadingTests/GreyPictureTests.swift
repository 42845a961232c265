import Reading
import Signals
import Testing

@Suite struct GreyPictureTests {
    private func numbered(_ width: Int, _ height: Int) -> GreyPicture {
        GreyPicture(
            painted(width, height) { x, y in
                let grey = UInt8(y * width + x)
                return Paint(grey, grey, grey)
            })
    }

    @Test func `greys stay what they are, and green counts most`() {
        #expect(numbered(4, 3).pixels == Array(0..<12))
        let colours = painted(3, 1) { x, _ in
            Paint(x == 0 ? 255 : 0, x == 1 ? 255 : 0, x == 2 ? 255 : 0)
        }
        #expect(GreyPicture(colours).pixels == [77, 149, 29])
    }

    @Test func `quarter turns go clockwise`() {
        let picture = numbered(3, 2)  // 0 1 2 / 3 4 5
        #expect(picture.turned(quarters: 1).pixels == [3, 0, 4, 1, 5, 2])
        #expect(picture.turned(quarters: 2).pixels == [5, 4, 3, 2, 1, 0])
        #expect(picture.turned(quarters: 3).pixels == [2, 5, 1, 4, 0, 3])
        #expect(picture.turned(quarters: 1).turned(quarters: 3) == picture)
        #expect(picture.turned(quarters: 4) == picture)
    }

    @Test func `shrinking takes the mean, enlarging keeps it`() {
        let picture = numbered(4, 2)  // 0 1 2 3 / 4 5 6 7
        #expect(picture.shrunk(by: 2).pixels == [3, 5])  // 2.5 and 4.5, rounded
        #expect(picture.enlarged(by: 1) == picture)
        let one = numbered(1, 1).enlarged(by: 3)
        #expect((one.width, one.height, one.pixels) == (3, 3, [UInt8](repeating: 0, count: 9)))
        let ramp = GreyPicture(painted(2, 1) { x, _ in x == 0 ? .black : Paint(200, 200, 200) })
        #expect(ramp.enlarged(by: 2).pixels == [0, 50, 150, 200, 0, 50, 150, 200])
    }

    @Test func `a plain picture shows no traces of writing, lines of strokes do`() {
        #expect(TextTraces(GreyPicture(plain(300, 200, .white))).pairedCells == 0)
        let ramp = painted(300, 200) { x, _ in Paint(UInt8(x / 2), UInt8(x / 2), UInt8(x / 2)) }
        #expect(TextTraces(GreyPicture(ramp)).pairedCells == 0)
        let strokes = painted(320, 200) { x, y in
            (80..<96).contains(y) && (x / 3) % 2 == 0 ? .black : .white
        }
        let traces = TextTraces(GreyPicture(strokes))
        #expect(traces.pairedCells == 19)
        #expect(!traces.isLightOnDark)
    }
}
