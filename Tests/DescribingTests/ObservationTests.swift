import Describing
import Models
import Reading
import Signals
import Testing
import ToolKit

@Suite struct ObservationTests {
    /// A grey gradient, which no measure calls blank.
    private let scene = Image(
        width: 64, height: 64,
        pixels: (0..<64 * 64).flatMap { [UInt8](repeating: UInt8($0 % 64 * 4), count: 3) })
    private let blank = Image(
        width: 64, height: 64, pixels: [UInt8](repeating: 255, count: 3 * 64 * 64))

    private func seen(_ image: Image, caption: String? = nil, sure: Float = -0.3) -> Observation {
        var seen = Observation(input: "a.png", image: image, facts: Facts(measuring: image))
        seen.caption = caption.map {
            Observation.Said(
                model: "tiny",
                description: Description(text: $0, meanLogProbability: sure, tokenCount: 4))
        }
        return seen
    }

    private func block(_ text: String) -> TextBlock {
        TextBlock(text: text, box: Box(x: 0, y: 0, width: 8, height: 4), confidence: 0.9)
    }

    @Test func `a caption is the opening, and the facts follow only in full`() {
        let seen = seen(scene, caption: "a dog")
        #expect(seen.lines(.words, for: .standard) == ["A dog."])
        #expect(seen.lines(.facts, for: .full) == seen.facts.sentences())
    }

    @Test func `without a caption the facts are the opening, and are not said twice`() {
        let seen = seen(scene)
        #expect(seen.lines(.words, for: .full) == seen.facts.sentences())
        #expect(seen.lines(.facts, for: .full).isEmpty)
        #expect(seen.lines(.words, for: .brief).count == 1)
    }

    @Test func `a model that says nothing is as good as none`() {
        #expect(seen(scene, caption: " ").lines(.words, for: .standard).first?.isEmpty == false)
    }

    @Test func `a blank picture is blank whatever a model says`() {
        let seen = seen(blank, caption: "a dog")
        #expect(seen.isBlank)
        for form in [Request.Form.standard, .brief, .full] {
            #expect(!seen.lines(.words, for: form).joined().contains("dog"))
        }
        #expect(!seen.altText.contains("dog"))
        #expect(seen.json(.standard, milliseconds: 1).line.contains("\"caption\":null"))
    }

    @Test func `each block of text is a line, and lines in it become spaces`() {
        var seen = seen(scene, caption: "a dog")
        seen.text = [block("two words\nlines"), block("one")]
        #expect(seen.lines(.text, for: .standard) == ["Text: two words lines", "Text: one"])
        #expect(seen.lines(.text, for: .read) == ["two words", "lines", "", "one"])
        #expect(seen.lines(.text, for: .alt).isEmpty)
    }

    @Test func `labels that follow each other share a line, phrases do not`() {
        var seen = seen(scene, caption: "a chart")
        seen.text = ["Rainfall in a year", "10", "20", "in May", "two\nlines of it", "30"].map(
            block)
        #expect(
            seen.lines(.text, for: .standard) == [
                "Text: Rainfall in a year", "Text: 10, 20, in May", "Text: two lines of it",
                "Text: 30",
            ])
    }

    @Test func `an alt text of several blocks has stops between them`() {
        var seen = seen(scene)
        seen.text = ["Ferry to\nthe island", "Is it late?", "Pier 2, every hour"].map(block)
        // The boxes hold a corner of the gradient, so the text is not all there is.
        #expect(
            seen.altText
                == "\(seen.facts.kindInWords), with the text: "
                + "Ferry to the island. Is it late? Pier 2, every hour")
    }

    @Test func `the alt text of a blank picture is that it is blank`() {
        #expect(seen(blank, caption: "a dog").altText == "The picture is blank: plain white.")
    }

    @Test func `a code cannot steer a terminal or forge a line`() {
        var seen = seen(scene)
        let box = Box(x: 0, y: 0, width: 8, height: 8)
        seen.codes = [Code(kind: .qr, text: "a\nText: forged\u{1B}[31m", box: box)]
        #expect(seen.lines(.codes, for: .standard) == ["Code: a Text: forged [31m"])
    }

    @Test func `an alt text is the caption without its announcement`() {
        #expect(seen(scene, caption: "a picture of a dog").altText == "A dog.")
        #expect(
            seen(scene, caption: "a picture of a dog", sure: -4).altText == "Possibly a dog.")
    }

    @Test func `confidence is the mean probability of the words`() {
        let line = seen(scene, caption: "a dog", sure: -0.6931472)
            .json(.standard, milliseconds: 7).line
        #expect(line.contains(#""caption":"A dog.","model":"tiny","confidence":0.5,"#))
        #expect(line.hasSuffix(#""milliseconds":7}"#))
    }

    @Test func `boxes are those of the full-size picture`() {
        var details = Image.Details(fullWidth: 256, fullHeight: 256)
        details.format = "JPEG"
        let half = Image(width: 64, height: 64, pixels: scene.pixels, details: details)
        var seen = seen(half)
        seen.text = [block("x")]
        #expect(
            seen.json(.read, milliseconds: 1).line
                .contains(#""box":{"x":0,"y":0,"width":32,"height":16}"#))
    }
}
