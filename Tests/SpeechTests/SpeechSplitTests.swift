import Speech
import Testing

@Suite struct SpeechSplitTests {
    private let heading = Utterance(text: "Chapter", source: 0..<7, pitchRise: 20)
    private let prose = Utterance(text: "Text.", source: 0..<5)

    @Test func `a chapter begins at a heading, and headings in a row stay together`() {
        let split = SpeechSplit.chapter
        #expect(split.cuts(before: heading, afterSeconds: 1, isHeadingOnly: false))
        #expect(!split.cuts(before: heading, afterSeconds: 1, isHeadingOnly: true))
        #expect(!split.cuts(before: prose, afterSeconds: 9999, isHeadingOnly: false))
    }

    @Test func `minutes are full before the next file begins`() {
        let split = SpeechSplit.minutes(2)
        #expect(!split.cuts(before: heading, afterSeconds: 119, isHeadingOnly: false))
        #expect(split.cuts(before: prose, afterSeconds: 120, isHeadingOnly: false))
    }

    @Test(arguments: ["", "page", "-1", "0", "nan", "inf", "1e9", "Chapter"])
    func `what is no way to cut is refused`(argument: String) {
        #expect(SpeechSplit(argument: argument) == nil)
        #expect(SpeechSplit(argument: "2.5") == .minutes(2.5))
    }
}
