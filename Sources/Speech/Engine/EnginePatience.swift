import Glibc

/// How long the engine's process may say nothing before it counts as hanging.
///
/// What counts is its own work: on a busy machine it may have to wait for a processor as long as it
/// takes. Only a process that neither works nor asks for a processor is given up by the clock.
package struct EnginePatience: Sendable {
    /// Of the processor's time, for any sound of one text to come; hundreds of times what it takes.
    let workSeconds: Double
    /// In which it sleeps.
    let idleSeconds: Double

    package static let usual = EnginePatience(workSeconds: 10, idleSeconds: 20)

    package init(workSeconds: Double, idleSeconds: Double) {
        self.workSeconds = workSeconds
        self.idleSeconds = idleSeconds
    }

    /// What a process does at a moment.
    package struct Activity: Sendable {
        /// Of the processor's time that it has had so far.
        let workSeconds: Double
        /// Sleeping, stopped, or waiting for a disk: it asks for no processor.
        let isIdle: Bool

        package init(workSeconds: Double, isIdle: Bool) {
            self.workSeconds = workSeconds
            self.isIdle = isIdle
        }
    }

    /// One wait for a sign of life.
    package struct Wait {
        private let patience: EnginePatience
        private let start: Activity?
        private var idleSeconds = 0.0

        /// - Parameters:
        ///   - patience: with the process.
        ///   - activity: at the beginning; nil for a process that is gone.
        package init(_ patience: EnginePatience, from activity: Activity?) {
            self.patience = patience
            start = activity
        }

        /// Decides after some time without a sign.
        ///
        /// A stretch counts once, however long: both processes may have been stopped in it, as when a
        /// machine sleeps.
        ///
        /// - Parameters:
        ///   - seconds: since the last decision.
        ///   - activity: now.
        /// - Returns: whether the process hangs.
        package mutating func isOver(afterSeconds seconds: Double, _ activity: Activity?) -> Bool {
            guard let start, let activity else { return true }
            idleSeconds = activity.isIdle ? idleSeconds + seconds : 0
            return activity.workSeconds - start.workSeconds >= patience.workSeconds
                || idleSeconds >= patience.idleSeconds
        }
    }
}

extension EnginePatience.Activity {
    /// - Parameter process: one of this user's; nil where there is none.
    init?(of process: pid_t) {
        // The name in parentheses may hold spaces; fields after it: proc_pid_stat(5).
        guard case .bytes(let bytes) = Disk.contents(of: "/proc/\(process)/stat", limit: 4096),
            let end = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { return nil }
        self.init(
            workSeconds: (user + system) / Double(sysconf(Int32(_SC_CLK_TCK))),
            isIdle: fields[0] != "R")
    }
}
