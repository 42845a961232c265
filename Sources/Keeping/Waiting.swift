import Dispatch
import Glibc
import Synchronization

/// Has the calling thread wait for asynchronous work, as a tool does that has nothing else to do.
///
/// The first SIGINT, SIGTERM or SIGHUP cancels the work, which then tidies up; the next one ends the
/// process at once.
///
/// - Parameter work: what to wait for
/// - Returns: what it returns
/// - Throws: what it throws; `Stopped` where a signal had it cancelled.
package func waiting<Value: Sendable>(
    for work: @escaping @Sendable () async throws -> Value
) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let wait = Wait<Value>()
    let task = Task {
        do {
            let value = try await work()
            wait.result.withLock { $0 = .success(value) }
        } catch {
            wait.result.withLock { $0 = .failure(error) }
        }
        done.signal()
    }
    let signals = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
        source(of: number) {
            let first = wait.signal.withLock { signal in
                defer { signal = signal ?? number }
                return signal == nil
            }
            if !first { Stopped(signal: number, outcome: "").end() }
            task.cancel()
        }
    }
    done.wait()
    for signal in signals { signal.cancel() }
    guard let result = wait.result.withLock({ $0 }) else {
        preconditionFailure("the work signalled before it had a result")
    }
    if case .failure(let error) = result, let signal = wait.signal.withLock({ $0 }) {
        let outcome = (error as? Cancelled)?.outcome ?? "nothing has changed"
        throw Stopped(signal: signal, outcome: outcome)
    }
    return try result.get()
}

/// - Returns: what calls a handler for each signal of a number; nil where a parent had it ignored.
private func source(
    of number: Int32, _ handler: @escaping @Sendable () -> Void
) -> (any DispatchSourceSignal)? {
    // Safe: the address of a handler is compared, and 1 is SIG_IGN.
    guard unsafe unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != 1 else { return nil }
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: handler)
    source.resume()
    return source
}

private final class Wait<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
    /// The first that came.
    let signal = Mutex<Int32?>(nil)
}
