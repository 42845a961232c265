import Inference
import Signals

extension Whisper {
    /// A segment as it was decoded: what words are timed in.
    package struct TokenSegment: Sendable {
        /// Ids of text alone, without times.
        package var tokens: [Int]
        /// In seconds from the window's first sample.
        package var range: TimeRange

        package init(tokens: [Int], range: TimeRange) {
            self.tokens = tokens
            self.range = range
        }
    }

    /// A segment's words, and its range as they have it.
    package struct TimedSegment: Sendable, Equatable {
        package var range: TimeRange
        /// Joined, they are the segment's text; each begins where the one before ends or later.
        package var words: [SpokenWord]
    }

    /// A word or a mark as the alignment has it.
    package struct TimedWord: Sendable {
        package var text: String
        /// In seconds from the window's first sample.
        package var start: Double
        package var end: Double
        /// Mean of its tokens' probabilities.
        package var probability: Float

        package init(text: String, start: Double, end: Double, probability: Float) {
            self.text = text
            self.start = start
            self.end = end
            self.probability = probability
        }

        var duration: Double { end - start }
    }

    /// Cuts the text of some segments into words, each with its times; see `timed`.
    ///
    /// - Parameters:
    ///   - segments: in the order of the text
    ///   - alignment: of the tokens of all segments together
    ///   - tokenizer: the model's
    ///   - language: a code, as in "en"
    /// - Returns: one list for each segment, punctuation by itself
    package static func timedWords(
        of segments: [TokenSegment], _ alignment: Alignment, _ tokenizer: Tokenizer,
        language: String
    ) -> [[TimedWord]] {
        var first = 0
        return segments.map { segment in
            words(of: segment.tokens, tokenizer, language: language).map { word in
                defer { first += word.tokens.count }
                return TimedWord(word, tokens: first..<(first + word.tokens.count), alignment)
            }
        }
    }

    /// Joins punctuation to words and settles their times with those of the segments.
    ///
    /// Source: openai/whisper, `timing.py`, function `add_word_timestamps`. Three things differ: a
    /// word never goes on in the next segment, the times of words never overlap, and none lies
    /// outside of the window.
    ///
    /// - Parameters:
    ///   - words: one list for each segment, punctuation by itself
    ///   - ranges: of the segments, as the model wrote them
    ///   - durationSeconds: of the window
    /// - Returns: one for each segment
    package static func timed(
        _ words: [[TimedWord]], in ranges: [TimeRange], durationSeconds: Double
    ) -> [TimedSegment] {
        var segments = words
        let usual = usualDuration(of: segments.flatMap { $0 })
        shortenAtSentences(&segments, most: 2 * usual)
        var timed: [TimedSegment] = []
        var (lastSpeech, reached) = (0.0, 0.0)
        for (words, range) in zip(segments, ranges) {
            var words = punctuationJoined(words)
            for i in words.indices { words[i].round() }
            let settled = settle(&words, with: range, usual: usual, after: lastSpeech)
            if !words.isEmpty { lastSpeech = settled.end }
            timed.append(
                TimedSegment(settled, words, after: &reached, durationSeconds: durationSeconds))
        }
        for i in timed.indices.dropLast().reversed() { timed[i].end(before: timed[i + 1]) }
        return timed
    }

    /// The median, at most 0.7 s; 0 where no word lasts.
    private static func usualDuration(of words: [TimedWord]) -> Double {
        let lasting = words.map(\.duration).filter { $0 != 0 }.sorted()
        guard !lasting.isEmpty else { return 0 }
        let middle = lasting.count / 2
        let median =
            lasting.count.isMultiple(of: 2)
            ? (lasting[middle - 1] + lasting[middle]) / 2 : lasting[middle]
        return min(0.7, median)
    }

    /// Cuts long words before and after the end of a sentence, where the pause was counted to them.
    private static func shortenAtSentences(_ segments: inout [[TimedWord]], most: Double) {
        guard most > 0 else { return }
        var previousEnds: Bool?
        for segment in segments.indices {
            for i in segments[segment].indices {
                let word = segments[segment][i]
                let ends = endsSentence(word.text)
                if word.duration > most, let previousEnds {
                    if ends {
                        segments[segment][i].end = word.start + most
                    } else if previousEnds {
                        segments[segment][i].start = word.end - most
                    }
                }
                previousEnds = ends
            }
        }
    }

    /// Cuts long words after a pause, then lets words and segment agree on where it begins and ends.
    private static func settle(
        _ words: inout [TimedWord], with range: TimeRange, usual: Double, after lastSpeech: Double
    ) -> (start: Double, end: Double) {
        guard let last = words.indices.last else { return (range.startSeconds, range.endSeconds) }
        let most = 2 * usual
        if words[0].end - lastSpeech > 4 * usual,
            words[0].duration > most
                || (words.count > 1 && words[1].end - words[0].start > 2 * most)
        {
            if words.count > 1, words[1].duration > most {
                let boundary = max(words[1].end / 2, words[1].end - most)
                words[0].end = boundary
                words[1].start = boundary
            }
            words[0].start = max(0, words[0].end - most)
        }
        var (start, end) = (range.startSeconds, range.endSeconds)
        if start < words[0].end, start - 0.5 > words[0].start {
            words[0].start = max(0, min(words[0].end - usual, start))
        } else {
            start = words[0].start
        }
        if end > words[last].start, end + 0.5 < words[last].end {
            words[last].end = max(words[last].start + usual, end)
        } else {
            end = words[last].end
        }
        return (start, end)
    }
}

extension Whisper.TimedWord {
    fileprivate init(_ word: Whisper.Word, tokens: Range<Int>, _ alignment: Whisper.Alignment) {
        let probabilities = alignment.probabilities[tokens]
        self.init(
            text: word.text, start: alignment.boundarySeconds[tokens.lowerBound],
            end: alignment.boundarySeconds[tokens.upperBound],
            probability: probabilities.reduce(0, +) / Float(max(1, probabilities.count)))
    }

    /// To hundredths of a second.
    fileprivate mutating func round() {
        start = (start * 100).rounded() / 100
        end = (end * 100).rounded() / 100
    }
}

extension Whisper.TimedSegment {
    /// Words in order after those before, and all inside the window.
    fileprivate init(
        _ range: (start: Double, end: Double), _ timedWords: [Whisper.TimedWord],
        after reached: inout Double, durationSeconds: Double
    ) {
        let begin = reached
        var last = reached
        func next(_ seconds: Double) -> Double {
            last = min(max(seconds, last), durationSeconds)
            return last
        }
        words = timedWords.map { word in
            let start = next(word.start)
            return SpokenWord(
                text: word.text,
                range: TimeRange(startSeconds: start, endSeconds: next(word.end)),
                probability: word.probability)
        }
        reached = last
        let start = words.first.map { min($0.range.startSeconds, range.start) } ?? range.start
        let end = words.last.map { max($0.range.endSeconds, range.end) } ?? range.end
        let first = min(max(begin, start), durationSeconds)
        self.range = TimeRange(
            startSeconds: first, endSeconds: max(first, min(end, durationSeconds)))
    }

    /// Ends this segment where the next begins, if it went further.
    fileprivate mutating func end(before next: Whisper.TimedSegment) {
        let end = min(range.endSeconds, next.range.startSeconds)
        range = TimeRange(startSeconds: min(range.startSeconds, end), endSeconds: end)
    }
}
