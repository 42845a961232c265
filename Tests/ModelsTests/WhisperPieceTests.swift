import Models
import Signals
import TestKit
import Testing

/// Where a text is cut, what a window hands on, and what chance has to do with it.
@Suite struct WhisperPieceTests {
    let fixture: WhisperFixture
    let parts: Whisper.Parts

    init() throws {
        fixture = try WhisperFixture()
        parts = try fixture.parts()
    }

    /// Tokens from words and times: `.time(1.5)` is the token of 1.5 s.
    private enum Part {
        case text
        case time(Double)
    }

    private func pieces(
        _ text: [Part], seconds: Double = 30, isUnfinished: Bool = false
    ) -> Whisper.Pieces {
        let tokens = text.map { part in
            switch part {
            case .text: 40
            case .time(let time):
                parts.settings.timestamps.lowerBound + Int((time / 0.02).rounded())
            }
        }
        return Whisper.Pieces(
            cutting: tokens, parts.settings, seconds: seconds, isUnfinished: isUnfinished)
    }

    private func ranges(_ pieces: Whisper.Pieces) -> [[Double]] {
        pieces.all.map { piece in
            [piece.range.startSeconds, piece.range.endSeconds].map { ($0 * 100).rounded() / 100 }
        }
    }

    @Test func `the reference's whole window is cut as the reference cuts it`() {
        let expected = fixture.facts.window_whole
        let found = Whisper.Pieces(
            cutting: fixture.facts.greedy.tokens, parts.settings, seconds: 30)
        #expect(found.all.map(\.tokens) == expected.segments.map(\.tokens))
        #expect(
            ranges(found) == expected.segments.map { [$0.start, ($0.end * 100).rounded() / 100] })
        #expect(abs(found.settledSeconds - expected.settled) < 1e-9)
    }

    @Test func `what follows the last pair of times is left to the next window`() {
        let found = pieces([
            .time(0), .text, .time(4), .time(5), .text, .time(9), .time(9.5), .text,
        ])
        #expect(ranges(found) == [[0, 4], [5, 9]])
        #expect(found.settledSeconds == 9)
    }

    @Test func `a last time that stands alone ends the window's speech`() {
        let found = pieces([.time(0), .text, .time(4), .time(4), .text, .time(9)])
        #expect(ranges(found) == [[0, 4], [4, 9]])
        #expect(found.settledSeconds == 30)
    }

    @Test func `where no more tokens were allowed, the next window begins at the last time`() {
        let found = pieces(
            [.time(0), .text, .time(4), .time(4), .text, .time(9)], isUnfinished: true)
        #expect(ranges(found) == [[0, 4], [4, 9]])
        #expect(found.settledSeconds == 9)
        #expect(pieces([.time(0), .text, .time(7)], isUnfinished: true).settledSeconds == 7)
        // Only where it begins is known.
        #expect(pieces([.time(1), .text, .text], isUnfinished: true).settledSeconds == 30)
        #expect(pieces([.text, .text], isUnfinished: true).settledSeconds == 30)
    }

    @Test func `without a pair of times all is one piece, up to the last time`() {
        #expect(ranges(pieces([.time(0.5), .text, .text])) == [[0, 0.5]])
        #expect(ranges(pieces([.time(0), .text, .time(7)])) == [[0, 7]])
        #expect(ranges(pieces([.time(0), .text])) == [[0, 30]])
        #expect(ranges(pieces([.text], seconds: 3)) == [[0, 3]])
        #expect(pieces([.time(0), .text, .time(7)], seconds: 8).settledSeconds == 8)
    }

    @Test func `pieces without length are dropped and a window always moves on`() {
        let found = pieces([.time(0), .text, .time(0), .time(0), .text])
        #expect(found.all.isEmpty)
        #expect(found.settledSeconds == 30)
        #expect(pieces([.time(3), .text, .time(2), .time(5)]).all.isEmpty)
        #expect(pieces([]).settledSeconds == 30)
    }

    @Test func `a time beyond the sound settles no more than the sound`() {
        let found = pieces([.time(0), .text, .time(4), .time(4), .text], seconds: 2.5)
        #expect(found.settledSeconds == 2.5)
    }

    private func recognized(_ change: (inout RecognitionOptions) -> Void) throws -> Recognition {
        var options = RecognitionOptions()
        change(&options)
        let window = SpeechWindow(
            samples: try fixture.samples(), language: "en", context: fixture.facts.context)
        return try #require(
            try Whisper.Recognizer(parts).recognize([window], options).first)
    }

    @Test func `a seed decides what is drawn`() throws {
        func drawn(_ seed: UInt64) throws -> Recognition {
            try recognized {
                $0.temperatures = [0.8]
                $0.seed = seed
                $0.maximumTokens = 30
            }
        }
        let (first, again, other) = (try drawn(1), try drawn(1), try drawn(2))
        #expect(first.evidence == again.evidence)
        #expect(first.segments == again.segments)
        #expect(first.evidence != other.evidence)
        #expect(first.evidence.temperature == 0.8)
    }

    @Test func `the next window goes on from this one's text, unless it was drawn boldly`() throws {
        let sober = try recognized { $0.temperatures = [0] }
        #expect(sober.context.starts(with: fixture.facts.context))
        #expect(sober.context.count > fixture.facts.context.count)
        let bold = try recognized {
            $0.temperatures = [0.6]
            $0.logProbabilityFloor = nil
        }
        #expect(bold.context.isEmpty)
    }

    @Test func `where every temperature fails the text is doubtful, where one passes it is not`()
        throws
    {
        // The fixture's greedy text has a mean log-probability of -1.6.
        #expect(try recognized { $0.temperatures = [0] }.isDoubtful)
        let passed = try recognized {
            $0.temperatures = [0]
            $0.logProbabilityFloor = -2
        }
        #expect(!passed.isDoubtful)
    }

    @Test func `silence gives no words, and its context and its whole length go on`() throws {
        let silent = try recognized {
            $0.temperatures = [0]
            $0.noSpeechLimit = 0
        }
        #expect(silent.segments.isEmpty)
        #expect(silent.settledSeconds == 2)
        #expect(silent.context == fixture.facts.context)
        #expect(!silent.isDoubtful)
        #expect(silent.evidence.noSpeechProbability > 0)
    }

    @Test func `a prompt of any length leaves room for half of the text`() {
        let opening = parts.settings.opening(language: 402, task: .transcribe, timestamps: true)
        #expect(opening == [401, 402, 502])
        let long = Whisper.Prompt(
            words: String(repeating: "clock ", count: 500), context: [5, 6, -1, 400, 9_999],
            opening: opening, parts)
        #expect(long.previous.count == 224)
        let short = Whisper.Prompt(
            words: "  ", context: [5, 6, -1, 400, 9_999, 507], opening: opening, parts)
        #expect(short.previous == [504, 5, 6, 507])
        let none = Whisper.Prompt(words: nil, context: [], opening: opening, parts)
        #expect(none.previous.isEmpty)
        let spelled = Whisper.Prompt(
            words: "<|endoftext|>", context: [], opening: opening, parts)
        #expect(!spelled.previous.contains(400))
    }
}
