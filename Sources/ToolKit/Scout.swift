import Dispatch

/// Opens one thing after the other on a thread of its own, one ahead of who works on them.
final class Scout<Opened: Sendable>: Sendable {
    private let opened = Handover<Result<Opened, any Error>>(capacity: 1)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins at once.
    ///
    /// - Parameters:
    ///   - count: how many there are.
    ///   - open: opens one of them.
    ///   - lookAhead: does more with what was opened, after it was handed over.
    init(
        over count: Int, open: @escaping @Sendable (Int) throws -> Opened,
        lookAhead: @escaping @Sendable (Opened) -> Void
    ) {
        let opened = opened
        let isDone = isDone
        DispatchQueue.global().async {
            for index in 0..<count {
                // Not before the last one is taken: pictures may be large.
                guard opened.waitForRoom() else { break }
                let result = Result { try open(index) }
                opened.put(result)
                if case .success(let value) = result { lookAhead(value) }
            }
            isDone.signal()
        }
    }

    /// The next one; to be called once for each at most.
    ///
    /// - Throws: what opening it threw.
    func next() throws -> Opened { try opened.take().get() }

    /// Opens no more, and waits until the thread is done with what it looks at.
    func stop() {
        opened.stop()
        isDone.wait()
    }
}
