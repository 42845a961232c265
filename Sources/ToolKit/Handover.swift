import Dispatch
import Synchronization

/// Hands values from one thread to another, a few at a time.
///
/// The giver waits while the taker is behind, so that a film of any length, or a million pictures,
/// need no more memory.
package final class Handover<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let room: DispatchSemaphore
    private let filled = DispatchSemaphore(value: 0)

    /// - Parameter capacity: how many values may wait.
    package init(capacity: Int) {
        room = DispatchSemaphore(value: capacity)
    }

    /// Gives a value, and waits until there is room for it.
    ///
    /// - Returns: false where nobody takes any more.
    package func give(_ value: Value) -> Bool {
        room.wait()
        let isTaken = state.withLock { state in
            if !state.isStopped { state.values.append(value) }
            return !state.isStopped
        }
        // Whoever stopped it woke one waiting call; the next one must not wait either.
        if isTaken { filled.signal() } else { room.signal() }
        return isTaken
    }

    /// Waits for the next value; somebody must give one.
    package func take() -> Value {
        filled.wait()
        let value = state.withLock { $0.values.removeFirst() }
        room.signal()
        return value
    }

    /// Takes no more; whoever waits to give is told.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            state.values = []
        }
        room.signal()
    }
}
