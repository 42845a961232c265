import ToolKit

/// Sentences about how much of a recording is heard, at most one in 10 seconds.
struct HeardProgress {
    private let totalSeconds: Double?
    private let notices: Notices?
    private var lastSaid = ContinuousClock.now

    /// - Parameters:
    ///   - totalSeconds: of the recording; nil where nobody knows.
    ///   - notices: where to say it; nil says nothing.
    init(of totalSeconds: Double?, telling notices: Notices?) {
        self.totalSeconds = totalSeconds
        self.notices = notices
    }

    mutating func heard(_ seconds: Double) {
        guard let notices else { return }
        let now = ContinuousClock.now
        guard now - lastSaid >= .seconds(10) else { return }
        lastSaid = now
        notices.line(Self.sentence(seconds, of: totalSeconds))
    }

    /// A sentence such as "12 minutes of 60 minutes heard, 20 percent.".
    static func sentence(_ seconds: Double, of total: Double?) -> String {
        guard let total, total > 0 else { return "\(spoken(seconds)) heard." }
        let percent = min(100, Int(100 * seconds / total))
        return "\(spoken(seconds)) of \(spoken(total)) heard, \(percent) percent."
    }

    private static func spoken(_ seconds: Double) -> String {
        seconds < 120 ? "\(Int(seconds)) seconds" : "\(Int(seconds / 60)) minutes"
    }
}
