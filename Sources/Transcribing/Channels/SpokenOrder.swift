import Signals

/// Puts what several channels say into the order in which it is said.
///
/// A segment waits until no channel can say anything that started earlier.
package struct SpokenOrder: Sendable {
    private var waiting: [SpokenSegment] = []

    package init() {}

    package mutating func add(_ segments: [SpokenSegment]) {
        waiting += segments
    }

    /// - Parameter seconds: nothing that starts before it is still to come.
    /// - Returns: what starts before it, in order; of two that start together the one that was added
    ///   first.
    package mutating func release(before seconds: Double) -> [SpokenSegment] {
        let ready = waiting.enumerated().filter { $0.element.range.startSeconds < seconds }
            .sorted { first, second in
                let (a, b) = (first.element.range.startSeconds, second.element.range.startSeconds)
                return (a, first.offset) < (b, second.offset)
            }
        waiting.removeAll { $0.range.startSeconds < seconds }
        return ready.map(\.element)
    }
}
