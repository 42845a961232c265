import Dispatch

/// Held while it lives by one test at a time: the level of the kernels belongs to the process.
///
/// For tests that change the level, and for those that another level in their midst would mislead.
package final class KernelLevelLease: Sendable {
    // Not a lock: the test may end on another thread than it began on.
    private static let turn = DispatchSemaphore(value: 1)

    package init() { KernelLevelLease.turn.wait() }

    deinit { KernelLevelLease.turn.signal() }
}
