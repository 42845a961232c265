import Dispatch
import Testing
import ToolKit

@Suite struct HandoverTests {
    @Test func `values come in the order in which they were given`() {
        let values = Handover<Int>(capacity: 2)
        DispatchQueue.global().async { for value in 0..<100 { _ = values.give(value) } }
        for value in 0..<100 { #expect(values.take() == value) }
    }

    @Test func `whoever stops it may forget it with values that wait`() {
        for _ in 0..<50 {
            let values = Handover<Int>(capacity: 3)
            let isRefused = DispatchSemaphore(value: 0)
            DispatchQueue.global().async {
                while values.give(1) {}
                isRefused.signal()
            }
            #expect(values.take() == 1)
            values.stop()
            isRefused.wait()
            #expect(!values.give(2))
        }
    }
}
