import Reading
import Synchronization

/// Something that is looked for once, by whoever needs it first; others wait for it.
package final class Finding<Value: Sendable>: Sendable {
    private let look: @Sendable () throws(ReadingError) -> Value
    private let result = Mutex<Result<Value, ReadingError>?>(nil)

    /// - Parameter look: looks for it.
    package init(_ look: @escaping @Sendable () throws(ReadingError) -> Value) {
        self.look = look
    }

    /// - Throws: what looking for it threw, each time.
    package func value() throws(ReadingError) -> Value {
        try result.withLock { result in
            if let result { return result }
            let found = Result { () throws(ReadingError) in try look() }
            result = found
            return found
        }.get()
    }
}
