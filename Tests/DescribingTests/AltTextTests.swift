import Describing
import Testing

@Suite struct AltTextTests {
    @Test(arguments: [
        ("A picture of a dog.", "A dog."), ("An image of two cats.", "Two cats."),
        ("There is a close up photo of a flower.", "A flower."),
        ("This is a photograph of the sea.", "The sea."), ("Photo of a dog.", "A dog."),
        ("Possibly a picture of a dog.", "Possibly a dog."),
        ("Possibly an image of a dog.", "Possibly a dog."),
        ("A woman taking a picture of a dog.", "A woman taking a picture of a dog."),
        ("A black and white photo of a man.", "A black and white photo of a man."),
        ("A drawing of a boat.", "A drawing of a boat."), ("A picture of", "A picture of"),
    ])
    func `what the listener knows is left out`(sentence: String, expected: String) {
        #expect(AltText.line(sentence) == expected)
    }

    @Test func `a long text is cut at a word and says so`() {
        let words = Array(repeating: "harbour", count: 40).joined(separator: " ")
        let line = AltText.line(quoting: words)
        #expect(line.count <= 150)
        #expect(line.count > 140)
        #expect(line.hasSuffix("harbour…"))
    }

    @Test func `a text of exactly the limit stays whole, one more is cut`() {
        let fits = String(repeating: "a", count: 74) + " " + String(repeating: "b", count: 75)
        #expect(AltText.line(quoting: fits) == fits)
        #expect(AltText.line(quoting: fits + "b") == String(repeating: "a", count: 74) + "…")
    }

    @Test func `a single endless word is cut where it has to be`() {
        let line = AltText.line(quoting: String(repeating: "x", count: 1000))
        #expect(line == String(repeating: "x", count: 149) + "…")
    }

    @Test func `lines become one line`() {
        #expect(AltText.line(quoting: "Ferry\nto the\n\nisland") == "Ferry to the island")
    }
}
