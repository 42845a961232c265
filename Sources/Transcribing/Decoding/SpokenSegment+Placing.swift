import Signals

extension SpokenSegment {
    /// The segment of a window on the clock of the sound that is heard, inside that window.
    ///
    /// - Parameters:
    ///   - start: of the window, in seconds.
    ///   - end: of the window, in seconds.
    /// - Returns: the segment with its words, no time outside of the window.
    func placed(from start: Double, to end: Double) -> SpokenSegment {
        changingRanges { range in
            let shifted = range.shifted(bySeconds: start)
            let begin = min(max(shifted.startSeconds, start), end)
            return TimeRange(
                startSeconds: begin, endSeconds: min(max(shifted.endSeconds, begin), end))
        }
    }

    /// The segment on a clock that began earlier by so many seconds.
    func shifted(bySeconds seconds: Double) -> SpokenSegment {
        seconds == 0 ? self : changingRanges { $0.shifted(bySeconds: seconds) }
    }

    func said(by speaker: String?, in language: String) -> SpokenSegment {
        var segment = self
        segment.speaker = speaker
        segment.language = language
        return segment
    }

    private func changingRanges(_ change: (TimeRange) -> TimeRange) -> SpokenSegment {
        var segment = self
        segment.range = change(range)
        for i in words.indices { segment.words[i].range = change(words[i].range) }
        return segment
    }
}
