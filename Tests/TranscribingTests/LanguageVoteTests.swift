import Testing
import Transcribing

@Suite struct LanguageVoteTests {
    @Test func `long sure windows outvote a short one`() {
        var vote = LanguageVote(floor: 0.5)
        #expect(vote.likeliest == nil)
        vote.add("de", probability: 0.9, seconds: 2)
        vote.add("en", probability: 0.8, seconds: 20)
        #expect(vote.likeliest == "en")
    }

    @Test func `a guess under the floor does not count`() {
        var vote = LanguageVote(floor: 0.5)
        vote.add("nn", probability: 0.29, seconds: 30)
        #expect(vote.likeliest == nil)
        vote.add("en", probability: nil, seconds: 30)
        #expect(vote.likeliest == nil)
    }

    @Test func `a tie is broken the same way every time`() {
        for order in [["de", "en"], ["en", "de"]] {
            var vote = LanguageVote(floor: 0.5)
            for code in order { vote.add(code, probability: 0.75, seconds: 4) }
            #expect(vote.likeliest == "de")
        }
    }
}
