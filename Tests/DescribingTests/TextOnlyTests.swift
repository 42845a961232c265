import Describing
import Reading
import Signals
import Testing

@Suite struct TextOnlyTests {
    /// A light ground with dark rectangles.
    private func picture(_ shapes: [Box]) -> Image {
        var pixels = [UInt8](repeating: 240, count: 3 * 300 * 200)
        for shape in shapes {
            for y in shape.y..<shape.y + shape.height {
                for i in 3 * (y * 300 + shape.x)..<3 * (y * 300 + shape.x + shape.width) {
                    pixels[i] = 20
                }
            }
        }
        return Image(width: 300, height: 200, pixels: pixels)
    }

    private func block(_ box: Box) -> TextBlock {
        TextBlock(text: "words", box: box, confidence: 0.9)
    }

    @Test func `strokes inside the block of text alone are only text`() {
        let letters = Box(x: 50, y: 50, width: 100, height: 20)
        #expect(showsOnlyText(picture([letters]), [block(letters)]))
    }

    @Test func `a shape beside the text is something to describe`() {
        let letters = Box(x: 50, y: 50, width: 100, height: 20)
        let shape = Box(x: 200, y: 100, width: 60, height: 60)
        #expect(!showsOnlyText(picture([letters, shape]), [block(letters)]))
    }

    @Test func `a speck beside the text changes nothing`() {
        let letters = Box(x: 50, y: 50, width: 100, height: 20)
        let speck = Box(x: 250, y: 180, width: 5, height: 5)
        #expect(showsOnlyText(picture([letters, speck]), [block(letters)]))
    }

    @Test func `no text, and text where nothing stands out, are not only text`() {
        let box = Box(x: 50, y: 50, width: 100, height: 20)
        #expect(!showsOnlyText(picture([box]), []))
        #expect(!showsOnlyText(picture([]), [block(box)]))
    }

    @Test func `a picture of one pixel is no harm`() {
        let image = Image(width: 1, height: 1, pixels: [0, 0, 0])
        #expect(!showsOnlyText(image, [block(Box(x: 0, y: 0, width: 1, height: 1))]))
    }
}
