import Signals
import Testing
import Transcribing

@Suite struct WordAgreementTests {
    /// Words of half a second, one after the other.
    private func words(_ text: String, from start: Double = 0) -> [SpokenWord] {
        text.split(separator: " ").enumerated().map { i, word in
            let begin = start + Double(i) / 2
            return SpokenWord(
                text: " \(word)", range: TimeRange(startSeconds: begin, endSeconds: begin + 0.5))
        }
    }

    private func text(_ words: [SpokenWord]) -> String { words.map(\.text).joined() }

    @Test func `words are confirmed by a second hypothesis, and no word twice`() {
        var agreement = WordAgreement()
        #expect(agreement.add(words("the cat sad")).isEmpty)
        #expect(text(agreement.add(words("the cat sat on"))) == " the cat")
        #expect(text(agreement.partial) == " sat on")
        #expect(text(agreement.add(words("the cat sat on the"))) == " sat on")
        #expect(text(agreement.settle(words("the cat sat on the mat."))) == " the mat.")
        #expect(text(agreement.confirmed) == " the cat sat on the mat.")
        #expect(agreement.partial.isEmpty)
    }

    @Test func `case and punctuation may change while more is heard`() {
        var agreement = WordAgreement()
        _ = agreement.add(words("well. then"))
        #expect(text(agreement.add(words("Well, then we"))) == " Well, then")
    }

    @Test func `a confirmed word that is spelt otherwise later is not said again`() {
        var agreement = WordAgreement()
        _ = agreement.add(words("their house is"))
        _ = agreement.add(words("their house is red"))
        #expect(text(agreement.confirmed) == " their house is")
        #expect(text(agreement.settle(words("there house is red today"))) == " red today")
    }

    @Test func `words that moved in time are not said again`() {
        var agreement = WordAgreement()
        _ = agreement.add(words("one two three"))
        _ = agreement.add(words("one two three four"))
        let moved = words("uh one two three four five", from: 0.4)
        #expect(text(agreement.settle(moved)) == " four five")
    }

    @Test func `nothing is settled by nothing`() {
        var agreement = WordAgreement()
        #expect(agreement.add([]).isEmpty)
        #expect(agreement.settle([]).isEmpty)
        #expect(agreement.confirmed.isEmpty)
    }
}
