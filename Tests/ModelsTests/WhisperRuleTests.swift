import Inference
import Models
import Signals
import TestKit
import Testing

/// The rules of decoding, each alone, beside `openai/whisper`.
@Suite struct WhisperRuleTests {
    let facts: WhisperFixture.Expected
    let parts: Whisper.Parts

    init() throws {
        let fixture = try WhisperFixture()
        facts = fixture.facts
        parts = try fixture.parts()
    }

    /// The fixture's own formula.
    private func logits(_ rule: WhisperFixture.Expected.Rule) -> [Float] {
        (0..<parts.config.vocabularySize).map { i in
            let value = Float((i * 7_919 + rule.seed * 104_729) % 1_009) / 50
            return i < parts.settings.timestamps.lowerBound ? value : value - 12 + rule.boost
        }
    }

    @Test func `the timestamp rules leave the tokens that the reference leaves`() {
        let rule = Whisper.TimestampRule(parts.settings)
        #expect(facts.rules.count == 26)
        for expected in facts.rules {
            var logits = logits(expected)
            rule.apply(to: &logits, after: expected.after)
            let allowed = logits.indices.filter { logits[$0] > -.infinity }
            let wanted = expected.allowed.flatMap { $0[0]...$0[1] }
            #expect(allowed == wanted, "after \(expected.after), boost \(expected.boost)")
        }
    }

    @Test func `suppressed tokens are never written, some of them never first`() {
        let rule = Whisper.SuppressionRule(
            parts.settings, vocabularySize: parts.config.vocabularySize,
            more: [45, -1, 1_000_000, parts.settings.endToken])
        var logits = [Float](repeating: 0, count: parts.config.vocabularySize)
        rule.apply(to: &logits, after: [])
        let gone = Set(logits.indices.filter { logits[$0] == -.infinity })
        #expect(gone == Set(facts.suppressed + [45, 220, parts.settings.endToken]))
        logits = [Float](repeating: 0, count: parts.config.vocabularySize)
        rule.apply(to: &logits, after: [45])
        #expect(logits[parts.settings.endToken] == 0)
        #expect(logits[45] == -.infinity)
    }

    @Test func `the best draft is the reference's, whatever the length penalty`() {
        for rank in facts.ranks {
            let drafts = zip(rank.lengths, rank.sums).map {
                Whisper.Draft(tokens: [Int](repeating: 0, count: $0), logProbability: $1)
            }
            #expect(Whisper.Draft.best(of: drafts, lengthPenalty: rank.penalty) == rank.best)
        }
    }

    @Test func `compression ratios equal the reference's`() {
        for expected in facts.ratios {
            #expect(compressionRatio(of: expected.text) == expected.ratio)
        }
        #expect(compressionRatio(of: "") == 0)
    }

    private func attempt(
        mean: Float = -0.5, ratio: Float = 1, noSpeech: Float = 0, temperature: Float = 0
    ) -> Whisper.Attempt {
        Whisper.Attempt(
            draft: Whisper.Draft(tokens: [1, 2, 3], logProbability: 4 * mean),
            temperature: temperature, noSpeechProbability: noSpeech, compressionRatio: ratio)
    }

    @Test func `repetition and low probability fail, silence excuses the second only`() {
        let options = RecognitionOptions()
        #expect(!attempt().fails(options))
        #expect(attempt(ratio: 2.5).fails(options))
        #expect(attempt(mean: -1.1).fails(options))
        #expect(!attempt(mean: -1.1, noSpeech: 0.7).fails(options))
        #expect(attempt(mean: -1.1, ratio: 2.5, noSpeech: 0.7).fails(options))
        var lenient = options
        lenient.compressionRatioLimit = nil
        lenient.logProbabilityFloor = nil
        #expect(!attempt(mean: -9, ratio: 9).fails(lenient))
    }

    @Test func `a window is silent where the model hears no speech and believes no text`() {
        var options = RecognitionOptions()
        #expect(attempt(mean: -1.1, noSpeech: 0.7).isSilence(options))
        #expect(!attempt(mean: -0.9, noSpeech: 0.7).isSilence(options))
        #expect(!attempt(mean: -1.1, noSpeech: 0.5).isSilence(options))
        options.logProbabilityFloor = nil
        #expect(attempt(mean: -0.1, noSpeech: 0.7).isSilence(options))
        options.noSpeechLimit = nil
        #expect(!attempt(mean: -5, noSpeech: 1).isSilence(options))
    }

    @Test func `of failures the likeliest that does not repeat itself is kept`() {
        let options = RecognitionOptions()
        let looping = attempt(mean: -0.2, ratio: 9)
        let unlikely = attempt(mean: -3, temperature: 0.4)
        let likelier = attempt(mean: -2, temperature: 0.2)
        #expect(
            Whisper.Attempt.best(ofFailed: [looping, likelier, unlikely], options) == likelier)
        #expect(
            Whisper.Attempt.best(ofFailed: [attempt(mean: -3, ratio: 9), looping], options)
                == looping)
    }
}
