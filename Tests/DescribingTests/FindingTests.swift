import Describing
import Dispatch
import Reading
import Synchronization
import Testing

@Suite struct FindingTests {
    @Test func `however many threads ask, it is looked for once`() {
        let count = Mutex(0)
        let finding = Finding { () throws(ReadingError) in
            count.withLock { count in
                count += 1
                return count
            }
        }
        DispatchQueue.concurrentPerform(iterations: 50) { _ in
            #expect((try? finding.value()) == 1)
        }
    }

    @Test func `whoever asks for what cannot be found is told so`() {
        let count = Mutex(0)
        let finding = Finding<Int> { () throws(ReadingError) in
            count.withLock { $0 += 1 }
            throw ReadingError.textEngineMissing
        }
        for _ in 0..<3 { #expect(throws: ReadingError.textEngineMissing) { try finding.value() } }
        #expect(count.withLock { $0 } == 1)
    }
}
