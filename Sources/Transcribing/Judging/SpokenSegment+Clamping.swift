import Signals

extension SpokenSegment {
    /// The same text with its times moved out of silence.
    ///
    /// Recognisers let the first word after a pause begin in the pause, and the last one last into
    /// the next. A word that overlaps speech is cut to the region that it overlaps most, the later
    /// one of equals; a word that overlaps none stays where it is.
    ///
    /// - Parameters:
    ///   - speech: where speech was heard, in order
    ///   - slackSeconds: how far outside of it a time may stay
    /// - Returns: the segment; its range spans its words where it has some
    package func clamped(to speech: [TimeRange], slackSeconds: Double) -> SpokenSegment {
        let wide = speech.map {
            TimeRange(
                startSeconds: $0.startSeconds - slackSeconds,
                endSeconds: $0.endSeconds + slackSeconds)
        }
        var clamped = self
        clamped.words = words.map { word in
            var word = word
            word.range = word.range.cut(
                to: wide.max { $0.overlap(word.range) <= $1.overlap(word.range) })
            return word
        }
        if let first = clamped.words.first, let last = clamped.words.last,
            first.range.startSeconds <= last.range.endSeconds
        {
            clamped.range = TimeRange(
                startSeconds: first.range.startSeconds, endSeconds: last.range.endSeconds)
        } else {
            let touched = wide.filter { $0.overlap(range) > 0 }
            if let first = touched.first, let last = touched.last {
                clamped.range = range.cut(
                    to: TimeRange(startSeconds: first.startSeconds, endSeconds: last.endSeconds))
            }
        }
        return clamped
    }
}

extension TimeRange {
    /// Seconds that two ranges share; none where they are apart.
    fileprivate func overlap(_ other: TimeRange) -> Double {
        max(0, min(endSeconds, other.endSeconds) - max(startSeconds, other.startSeconds))
    }

    /// What lies in the other range too; all of it where they are apart.
    fileprivate func cut(to other: TimeRange?) -> TimeRange {
        guard let other, overlap(other) > 0 else { return self }
        return TimeRange(
            startSeconds: max(startSeconds, other.startSeconds),
            endSeconds: min(endSeconds, other.endSeconds))
    }
}
