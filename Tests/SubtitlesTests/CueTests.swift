import Signals
import Subtitles
import Testing

@Suite struct CueTests {
    @Test func `a cue keeps its lines in order`() {
        let cue = Cue(range: TimeRange(startSeconds: 1, endSeconds: 2), lines: ["one", "two"])
        #expect(cue.lines == ["one", "two"])
        #expect(cue.range.durationSeconds == 1)
    }
}
