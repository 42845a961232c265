import Signals
import Testing
import Transcribing

@Suite struct InventionFilterTests {
    private func range(_ start: Double, _ end: Double) -> TimeRange {
        TimeRange(startSeconds: start, endSeconds: end)
    }

    private func segment(_ text: String, _ start: Double, _ end: Double) -> SpokenSegment {
        SpokenSegment(text: text, range: range(start, end))
    }

    private func word(
        _ text: String, _ start: Double, _ end: Double, _ probability: Float = 0.9
    ) -> SpokenWord {
        SpokenWord(text: text, range: range(start, end), probability: probability)
    }

    private func judge(
        _ segments: [SpokenSegment], speech: [TimeRange]
    ) -> InventionFilter.Judgement {
        var filter = InventionFilter()
        return filter.judge(segments, speech: speech)
    }

    @Test func `text over silence is dropped with its reason`() {
        let result = judge(
            [segment(" Good morning.", 1, 3), segment(" Thank you.", 6, 8)], speech: [range(1, 3)])
        #expect(result.kept.map(\.text) == [" Good morning."])
        #expect(result.findings == [.init(reason: .noSpeech, range: range(6, 8))])
    }

    @Test func `a short word in a long segment stays`() {
        let result = judge([segment(" Yes.", 0, 5)], speech: [range(2, 2.3)])
        #expect(result.findings.isEmpty)
        #expect(result.kept.map(\.text) == [" Yes."])
    }

    @Test func `nothing is kept where nobody speaks`() {
        #expect(judge([segment(" Bye.", 0, 2)], speech: []).kept.isEmpty)
        #expect(judge([], speech: []).kept.isEmpty)
    }

    @Test func `a segment without length is judged by where it stands`() {
        #expect(judge([segment(" Oh.", 2, 2)], speech: [range(1, 3)]).kept.count == 1)
        #expect(judge([segment(" Oh.", 5, 5)], speech: [range(1, 3)]).kept.isEmpty)
    }

    @Test func `improbable words mostly over silence are dropped, over speech they stay`() {
        var odd = segment(" Subtitles by nobody", 0, 6)
        odd.words = [
            word(" Subtitles", 0, 0.01, 0.05), word(" by", 0.01, 0.02, 0.1),
            word(" nobody", 0.02, 6, 0.1),
        ]
        let silent = judge([odd], speech: [range(0, 1)])
        #expect(silent.findings.map(\.reason) == [.improbableWords])
        #expect(silent.kept.isEmpty)
        #expect(judge([odd], speech: [range(0, 6)]).kept.count == 1)
    }

    @Test func `the third equal segment and those after it go, across calls`() {
        var filter = InventionFilter()
        let texts = [" We will see.", " We will see!", " we will see"]
        let speech = [range(0, 30)]
        let first = filter.judge(
            texts.enumerated().map { segment($1, Double($0), Double($0) + 1) }, speech: speech)
        #expect(first.kept.count == 2)
        #expect(first.findings.map(\.reason) == [.repeatedSegment])
        let second = filter.judge([segment(" We will see.", 4, 5)], speech: speech)
        #expect(second.kept.isEmpty)
        let third = filter.judge(
            [segment(" Then not.", 5, 6), segment(" We will see.", 6, 7)], speech: speech)
        #expect(third.kept.count == 2)
    }

    @Test func `people may say no five times`() {
        let noes = (0..<5).map { segment(" No.", Double($0), Double($0) + 0.5) }
        #expect(judge(noes, speech: [range(0, 5)]).kept.count == 5)
        let spoken = judge([segment(" No, no, no, no, no!", 0, 3)], speech: [range(0, 3)])
        #expect(spoken.kept.map(\.text) == [" No, no, no, no, no!"])
    }

    @Test(
        arguments: [
            (
                " So I think that I think that I think that I think that it works.",
                " So I think that it works."
            ),
            (" la la la la la la la la la", " la"),
            ("Yes. Go on. Go on. Go on. Go on. Go", "Yes. Go on. Go"),
            ("ご視聴ありがとうございましたご視聴ありがとうございましたご視聴ありがとうございましたご視聴ありがとうございました", "ご視聴ありがとうございました"),
        ])
    func `a loop becomes one copy`(text: String, expected: String) {
        let result = judge([segment(text, 0, 9)], speech: [range(0, 9)])
        #expect(result.kept.map(\.text) == [expected])
        #expect(result.findings.map(\.reason) == [.loop])
    }

    @Test func `the words of a loop go with its text`() {
        var looped = segment(" Wait a bit a bit a bit a bit", 0, 9)
        looped.words = looped.text.split(separator: " ").enumerated().map { i, text in
            word(" " + text, Double(i), Double(i) + 0.5)
        }
        let kept = judge([looped], speech: [range(0, 9)]).kept
        #expect(kept.first?.words.map(\.text) == [" Wait", " a", " bit"])
        #expect(kept.first?.range == range(0, 2.5))
    }

    @Test func `words are moved out of the silence around speech`() {
        var spoken = segment(" Hello there", 0, 9)
        spoken.words = [word(" Hello", 0, 2.5), word(" there", 2.5, 9)]
        let kept = spoken.clamped(to: [range(2, 3)], slackSeconds: 0)
        #expect(kept.words.map(\.range) == [range(2, 2.5), range(2.5, 3)])
        #expect(kept.range == range(2, 3))
    }

    @Test func `a word that spans a pause goes where most of it is`() {
        var spoken = segment(" Well", 1, 6)
        spoken.words = [word(" Well", 1, 6)]
        let kept = spoken.clamped(to: [range(0, 1.2), range(5, 7)], slackSeconds: 0)
        #expect(kept.words.map(\.range) == [range(5, 6)])
    }

    @Test func `a segment without words is cut to the speech it touches`() {
        let kept = segment(" Hello", 0, 9).clamped(
            to: [range(2, 3), range(4, 5)], slackSeconds: 0.1)
        #expect(kept.range == range(1.9, 5.1))
        let apart = segment(" Hello", 6, 9).clamped(to: [range(2, 3)], slackSeconds: 0.1)
        #expect(apart.range == range(6, 9))
    }

    @Test func `empty and strange texts are no trouble`() {
        for text in [
            "", " ", "...", "\n\n\n\n\n\n\n\n\n\n", "♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪♪", " ? ? ? ? ? ? ? ?",
        ] {
            let result = judge([segment(text, 0, 1)], speech: [range(0, 1)])
            #expect(result.kept.count == 1)
        }
    }
}
