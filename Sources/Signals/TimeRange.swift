/// A stretch of a recording.
package struct TimeRange: Sendable, Equatable {
    package var startSeconds: Double
    package var endSeconds: Double

    /// - Precondition: it does not end before it starts.
    package init(startSeconds: Double, endSeconds: Double) {
        precondition(endSeconds >= startSeconds, "from \(startSeconds) s to \(endSeconds) s")
        self.startSeconds = startSeconds
        self.endSeconds = endSeconds
    }

    package var durationSeconds: Double { endSeconds - startSeconds }

    /// The same stretch on a clock that began earlier by so many seconds.
    package func shifted(bySeconds seconds: Double) -> TimeRange {
        TimeRange(startSeconds: startSeconds + seconds, endSeconds: endSeconds + seconds)
    }
}
