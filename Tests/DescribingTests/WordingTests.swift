import Describing
import Models
import Testing

@Suite struct WordingTests {
    private func sentence(_ text: String, _ meanLogProbability: Float = -0.2) -> String {
        Wording.sentence(
            Description(text: text, meanLogProbability: meanLogProbability, tokenCount: 5))
    }

    @Test(arguments: [
        ("a dog on grass", "A dog on grass."), ("A dog.", "A dog."), ("  two\n dogs ", "Two dogs."),
        ("is it a dog?", "Is it a dog?"), ("3", "3."), ("élan", "Élan."),
    ])
    func `a sentence has a capital and a full stop`(text: String, expected: String) {
        #expect(sentence(text) == expected)
    }

    @Test(arguments: ["", " ", "...", "\n\t"])
    func `words without a letter or number are no sentence`(text: String) {
        #expect(sentence(text).isEmpty)
    }

    @Test func `a sentence is hedged where its words had less than one chance in three`() {
        #expect(sentence("a dog", -1.05) == "A dog.")
        #expect(sentence("a dog", -1.15) == "Possibly a dog.")
        #expect(sentence("A dog", -5) == "Possibly a dog.")
        #expect(sentence("USB cable", -5) == "Possibly USB cable.")
        #expect(sentence("a dog", .nan) == "Possibly a dog.")
    }

    @Test func `control characters cannot reach a terminal`() {
        #expect(Wording.oneLine("a\u{1B}[2Jb\u{9B}c\r\nd\u{0}") == "a [2Jb c d")
    }
}
