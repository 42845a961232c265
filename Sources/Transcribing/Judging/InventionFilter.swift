import Signals

/// Drops what a recogniser wrote over silence or in a loop, and says why.
///
/// It reads the text a recogniser has made and the speech that a `VoiceDetector` found. The tests
/// on a window as a whole (no-speech probability, mean log-probability, compression) are the
/// recogniser's own; they are not repeated here.
package struct InventionFilter: Sendable {
    /// Why a segment was dropped or shortened.
    package enum Reason: String, Sendable, CaseIterable {
        /// Nobody was heard where it stands.
        case noSpeech = "no speech"
        /// Its words are improbable, too short or too long, and mostly over silence.
        case improbableWords = "improbable words"
        /// The text of the segments before, once more.
        case repeatedSegment = "repeated segment"
        /// A phrase again and again inside of it; one copy was kept.
        case loop
    }

    package struct Finding: Sendable, Equatable {
        package let reason: Reason
        /// Where the text stood.
        package let range: TimeRange

        package init(reason: Reason, range: TimeRange) {
            self.reason = reason
            self.range = range
        }
    }

    package struct Judgement: Sendable, Equatable {
        package var kept: [SpokenSegment] = []
        /// In the order of the segments; never the text itself.
        package var findings: [Finding] = []
    }

    private let rules: InventionRules
    private var streak = Streak()

    /// The same text how many times in a row, across calls.
    private struct Streak: Sendable {
        var text: [String] = []
        var count = 0
    }

    package init(rules: InventionRules = InventionRules()) {
        self.rules = rules
    }

    /// Judges the next segments of one recording.
    ///
    /// - Parameters:
    ///   - segments: in order, times of the recording
    ///   - speech: where speech was heard, in order, apart from each other
    /// - Returns: what is kept, its times clamped to speech, and what was done to the rest
    package mutating func judge(
        _ segments: [SpokenSegment], speech: [TimeRange]
    ) -> Judgement {
        var judgement = Judgement()
        for segment in segments {
            if let reason = reasonToDrop(segment, speech) {
                judgement.findings.append(Finding(reason: reason, range: segment.range))
                continue
            }
            var kept = segment
            if let shorter = PhraseLoop.collapsed(segment, rules) {
                judgement.findings.append(Finding(reason: .loop, range: segment.range))
                kept = shorter
            }
            judgement.kept.append(kept.clamped(to: speech, slackSeconds: rules.edgeSlackSeconds))
        }
        return judgement
    }

    private mutating func reasonToDrop(
        _ segment: SpokenSegment, _ speech: [TimeRange]
    ) -> Reason? {
        let share = spokenShare(of: segment.range, speech)
        if share < rules.minimumSpeechShare { return .noSpeech }
        if share < rules.improbableSpeechShare,
            anomaly(of: segment.words) >= anomalyLimit(segment.words)
        {
            return .improbableWords
        }
        return repeats(segment) ? .repeatedSegment : nil
    }

    /// How much of a range is speech, 0 to 1; a slack around speech counts as speech.
    private func spokenShare(of range: TimeRange, _ speech: [TimeRange]) -> Double {
        let slack = rules.edgeSlackSeconds
        guard range.durationSeconds > 0 else {
            let isNear = speech.contains {
                $0.startSeconds - slack <= range.startSeconds
                    && range.startSeconds <= $0.endSeconds + slack
            }
            return isNear ? 1 : 0
        }
        let overlap = speech.reduce(0.0) { sum, region in
            let start = max(range.startSeconds, region.startSeconds - slack)
            let end = min(range.endSeconds, region.endSeconds + slack)
            return sum + max(0, end - start)
        }
        return min(1, overlap / range.durationSeconds)
    }

    /// How unlike speech the first eight words are.
    ///
    /// Source: `openai/whisper`, `transcribe.py`, `word_anomaly_score` and `is_segment_anomaly`.
    private func anomaly(of words: [SpokenWord]) -> Double {
        counted(words).reduce(0.0) { sum, word in
            let duration = word.range.durationSeconds
            return sum + ((word.probability ?? 1) < 0.15 ? 1 : 0)
                + (duration < 0.133 ? (0.133 - duration) * 15 : 0)
                + (duration > 2 ? duration - 2 : 0)
        }
    }

    private func anomalyLimit(_ words: [SpokenWord]) -> Double {
        let count = counted(words).count
        return count == 0 ? .infinity : min(rules.anomalyLimit, Double(count) - 0.01)
    }

    private func counted(_ words: [SpokenWord]) -> ArraySlice<SpokenWord> {
        words.filter { $0.text.contains { $0.isLetter || $0.isNumber } }.prefix(8)
    }

    private mutating func repeats(_ segment: SpokenSegment) -> Bool {
        let text = plainWords(segment.text)
        guard !text.isEmpty, text == streak.text else {
            streak = Streak(text: text, count: 1)
            return false
        }
        streak.count += 1
        let isShort = text.count < InventionRules.shortTextWords
        return streak.count >= (isShort ? rules.shortSegmentRepetitions : rules.segmentRepetitions)
    }
}

/// The words of a text in small letters, without punctuation.
func plainWords(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map { word in
        word.lowercased().filter { $0.isLetter || $0.isNumber }
    }.filter { !$0.isEmpty }
}
