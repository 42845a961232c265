import Keeping
import Synchronization

/// Whole lines about how far a fetch is: at most one in ten seconds.
package final class PullProgress: Sendable {
    private struct State {
        var total: Int?
        /// Bytes that are there, and those of them that came just now.
        var have = 0
        var came = 0
        let begun = ContinuousClock.now
        var lastSaid = ContinuousClock.now
    }

    private let name: String
    private let isWanted: Bool
    private let line: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - name: of the model
    ///   - isWanted: whether lines about how far it is are wanted; others are said in any case
    ///   - line: says one
    package init(_ name: String, isWanted: Bool, line: @escaping @Sendable (String) -> Void) {
        self.name = name
        self.isWanted = isWanted
        self.line = line
    }

    /// Says something else about this model.
    package func say(_ text: String) { line("\(name): \(text)") }

    func begin(total: Int?) { state.withLock { $0.total = total } }

    /// - Parameters:
    ///   - byteCount: that are there now; negative where they were of no use
    ///   - isNew: whether they came over the network just now
    func add(_ byteCount: Int, isNew: Bool) {
        let sentence: String? = state.withLock { state in
            state.have += byteCount
            if isNew { state.came += byteCount }
            let now = ContinuousClock.now
            guard isWanted, now - state.lastSaid >= .seconds(10) else { return nil }
            state.lastSaid = now
            return PullProgress.sentence(
                have: state.have, came: state.came, total: state.total,
                seconds: (now - state.begun) / .seconds(1))
        }
        if let sentence { say(sentence) }
    }

    /// "120 MB of 290 MB, 41 per cent, 12 MB a second, about 14 seconds left".
    package static func sentence(have: Int, came: Int, total: Int?, seconds: Double) -> String {
        let rate = seconds > 0 ? Double(came) / seconds : 0
        let speed = "\(Int(rate).megabytes) a second"
        guard let total, total > 0 else { return "\(have.megabytes), \(speed)" }
        let share = 100 * have / total
        let begun = "\(have.megabytes) of \(total.megabytes), \(share) per cent, \(speed)"
        guard rate >= 1 else { return begun }
        let left = Int((Double(max(0, total - have)) / rate).rounded(.up))
        let time = left < 120 ? "\(left) seconds" : "\((left + 59) / 60) minutes"
        return "\(begun), about \(time) left"
    }

    /// Bytes that came over the network, and how long that took.
    var received: (byteCount: Int, seconds: Double) {
        state.withLock { ($0.came, (ContinuousClock.now - $0.begun) / .seconds(1)) }
    }
}
