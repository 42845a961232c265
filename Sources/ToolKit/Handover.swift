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
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    /// - Parameter capacity: how many values may wait.
    package init(capacity: Int) {
        // One that begins above 0 may not go while it is below that: values that wait would crash.
        for _ in 0..<capacity { room.signal() }
    }

    /// Waits until there is room for a value.
    ///
    /// - Returns: false where nobody takes any more; else somebody must `put` one.
    package func waitForRoom() -> Bool {
        room.wait()
        let isWanted = state.withLock { !$0.isStopped }
        // Whoever stopped it woke one waiting call; the next one must not wait either.
        if !isWanted { room.signal() }
        return isWanted
    }

    /// Gives a value for which there is room.
    package func put(_ value: Value) {
        state.withLock { $0.values.append(value) }
        filled.signal()
    }

    /// Gives a value, and waits until there is room for it.
    ///
    /// - Returns: false where nobody takes any more.
    package func give(_ value: Value) -> Bool {
        guard waitForRoom() else { return false }
        put(value)
        return true
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
