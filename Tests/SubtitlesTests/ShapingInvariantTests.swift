import Signals
import Subtitles
import TestKit
import Testing

/// Whatever is heard, the limits hold and nothing is lost.
@Suite struct ShapingInvariantTests {
    @Test(arguments: SubtitleProfile.all, [false, true])
    func `limits hold, cues are in order and no text is lost or invented`(
        profile: SubtitleProfile, labels: Bool
    ) {
        for seed in 0..<150 {
            var random = SeededNumbers(seed: UInt64(seed))
            let segments = randomSpeech(&random)
            let cues = Speech.shaped(segments, profile, labelsSpeakers: labels).cues
            let comment: Comment = "seed \(seed)"
            #expect(letters(cues.flatMap(\.lines)) == letters(segments.map(\.text)), comment)
            for cue in cues {
                #expect((1...profile.lineLimit).contains(cue.lines.count), comment)
                #expect(cue.lines.allSatisfy { width($0) <= profile.lineWidth }, comment)
                #expect(cue.lines.allSatisfy { !$0.isEmpty && !$0.hasPrefix(" ") }, comment)
                let length = milliseconds(cue.range.durationSeconds)
                #expect(length >= 200 && length <= milliseconds(profile.maximumSeconds), comment)
            }
            for (cue, next) in zip(cues, cues.dropFirst()) {
                let gap =
                    milliseconds(next.range.startSeconds) - milliseconds(cue.range.endSeconds)
                #expect(gap >= milliseconds(profile.gapSeconds), comment)
            }
            let earliest = segments.map(\.range.startSeconds).min() ?? 0
            #expect((cues.first?.range.startSeconds ?? earliest) >= earliest - 0.001, comment)
            if labels {
                let lines = written(cues, .srt, profile).split(separator: "\n")
                    .filter { !$0.contains(" --> ") }
                // An arrow in a text is parted, and one column longer.
                #expect(lines.allSatisfy { width($0) <= profile.lineWidth || $0.contains("-- >") })
            }
        }
    }

    @Test func `a cue that was given out stays the same, whatever is heard later`() {
        for seed in 0..<100 {
            var random = SeededNumbers(seed: UInt64(seed))
            let heard = randomSpeech(&random)
            var shaper = SubtitleShaper(.standard)
            var early: [Cue] = []
            for segment in heard.dropLast(3) { early += shaper.add(segment) }
            var other = shaper
            let one = early + heard.suffix(3).flatMap { shaper.add($0) } + shaper.finish()
            let end = heard.last?.range.endSeconds ?? 0
            let two = early + other.add(Speech.segment("Else.", start: end + 9)) + other.finish()
            #expect(one.starts(with: early) && two.starts(with: early))
            #expect(one == Speech.shaped(heard).cues, "seed \(seed)")
        }
    }

    @Test func `long speech without a pause comes out while it goes on`() {
        var shaper = SubtitleShaper(.standard)
        var behind = 0.0
        var time = 0.0
        for _ in 0..<200 {
            let segment = Speech.segment("and so on and on and on it goes", start: time)
            time = segment.range.endSeconds + 0.065
            for cue in shaper.add(segment) { behind = time - cue.range.endSeconds }
        }
        // Four full cues are kept back, 336 characters at 15 a second.
        #expect(behind > 0 && behind < 30, "\(behind)")
    }

    private func letters(_ texts: [String]) -> String {
        String(texts.joined().filter { !$0.isWhitespace })
    }

    private func width(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + ("\u{3000}"..."\u{FFEF}" ~= $1 ? 2 : 1) }
    }
}

private let vocabulary = [
    "the", "a", "of", "and", "Mr.", "Anna", "Smith", "went,", "home.", "Why?", "No!", "I", "am",
    "42",
    "x", "\"Well,\"", "extraordinarily",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "<b>&", "-->", "猫である。", "東京タワーに行きました、", "สวัสดีครับ", "e\u{301}", "👩‍👩‍👧", "(aside)", "—", "سلام،",
]

/// Sentences with and without words, pauses, overlaps, speakers and languages.
private func randomSpeech(_ random: inout SeededNumbers) -> [SpokenSegment] {
    var time = Double.random(in: 0...5, using: &random)
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in
        let chosen = (0..<Int.random(in: 0...25, using: &random)).map { _ in
            vocabulary.randomElement(using: &random) ?? "x"
        }
        let start = time
        let pace: Double = [0.01, 0.06, 0.06, 0.1, 0.7].randomElement(using: &random) ?? 0.06
        var words: [SpokenWord] = []
        for word in chosen {
            let end: Double = time + Double(word.count) * pace
            let range = TimeRange(startSeconds: time, endSeconds: end)
            words.append(SpokenWord(text: " " + word, range: range))
            let pause: Double = [0.0, 0, 0, 0.1, 0.8, 2].randomElement(using: &random) ?? 0
            time = end + pause
        }
        let end: Double = max(start, words.last?.range.endSeconds ?? start)
        time = max(0, end + Double.random(in: -0.5...1.5, using: &random))
        return SpokenSegment(
            text: words.map(\.text).joined(),
            range: TimeRange(startSeconds: start, endSeconds: end),
            words: Bool.random(using: &random) ? words : [],
            language: ["en", "de", "ja", nil].randomElement(using: &random) ?? nil,
            speaker: [nil, nil, "left", "a very long name of somebody indeed"]
                .randomElement(using: &random) ?? nil)
    }
}
