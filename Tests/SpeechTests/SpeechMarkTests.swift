import Speech
import Testing

@Suite struct SpeechMarkTests {
    private func events(_ places: [(Int, Int)], length: Int = 1) -> [SpeechPiece.WordStart] {
        places.map { SpeechPiece.WordStart(scalar: $0.0, length: length, sample: $0.1) }
    }

    private func words(_ text: String, _ events: [SpeechPiece.WordStart]) -> [(String, Int)] {
        let scalars = Array(text.unicodeScalars)
        return WordTimes(of: SpeakableText(text), events: events, sampleCount: 1000).words.map {
            (String(String.UnicodeScalarView(scalars[$0.spoken])), $0.sample)
        }
    }

    @Test func `a word begins with the first event at or after its first letter`() {
        let found = words(
            "(A cat) 3.50 — e-mail.", events([(1, 0), (3, 100), (8, 200), (8, 300), (15, 400)]))
        #expect(found.map(\.0) == ["A", "cat", "3.50", "e-mail"])
        #expect(found.map(\.1) == [0, 100, 200, 400])
    }

    @Test func `events without length, out of order or past the end do no harm`() {
        let found = words(
            "one two three", events([(4, 100), (0, 300), (8, 5000)]) + events([(8, 50)], length: 0))
        #expect(found.map(\.1) == [300, 300, 1000])
        #expect(words("one two", []).map(\.1) == [0, 0])
        #expect(words("—", events([(0, 5)])).isEmpty)
    }

    @Test func `positions are those of the text before it was made safe`() {
        let text = "a\u{200B}b \u{202E}cd"
        #expect(words(text, events([(0, 1), (3, 2)])).map(\.0) == ["a\u{200B}b", "cd"])
    }

    @Test func `what is said in other words has one mark, where it is written`() {
        let said = "costs three dollars now"
        let utterance = Utterance(
            text: said, source: 10..<22,
            origins: [
                Utterance.Origin(spoken: 0..<5, written: 10..<15),
                Utterance.Origin(spoken: 6..<19, written: 16..<18),
                Utterance.Origin(spoken: 20..<23, written: 19..<22),
            ])
        let times = WordTimes(
            of: SpeakableText(said), events: events([(0, 0), (6, 10), (12, 20), (20, 30)]),
            sampleCount: 100)
        var decoder = TextDecoder()
        _ = decoder.decode(Array("0123456789costs $3 now.".utf8))
        let marks = utterance.marks(times, in: 1000..<1100) { decoder.source.place(of: $0) }
        #expect(marks.map(\.place.text) == ["costs $3 now", "costs", "$3", "now"])
        #expect(marks.map(\.sample) == [1000, 1000, 1010, 1030])
        #expect(marks.map(\.kind) == [.sentence, .word, .word, .word])
    }

    @Test func `what is said and not written has no mark, and a named place has one`() {
        var utterance = Utterance(
            text: "City: Oslo", source: 2..<6,
            origins: [
                Utterance.Origin(spoken: 0..<5, written: 2..<2),
                Utterance.Origin(spoken: 6..<10, written: 2..<6),
            ])
        utterance.bookmarks = [
            Utterance.Bookmark(name: "here", spoken: 6, written: 1),
            Utterance.Bookmark(name: "end", spoken: 10, written: 6),
        ]
        let times = WordTimes(
            of: SpeakableText(utterance.text), events: events([(0, 0), (6, 40)]), sampleCount: 90)
        var decoder = TextDecoder()
        _ = decoder.decode(Array("| Oslo |".utf8))
        let marks = utterance.marks(times, in: 500..<590) { decoder.source.place(of: $0) }
        #expect(marks.map(\.kind) == [.sentence, .ssml, .word, .ssml])
        #expect(marks.map(\.value) == ["Oslo", "here", "Oslo", "end"])
        #expect(marks.map(\.sample) == [500, 540, 540, 590])
    }
}
