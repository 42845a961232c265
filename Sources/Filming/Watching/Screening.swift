import Dispatch
import Signals
import ToolKit
import Video

/// A film that is decoded on a thread of its own while its frames are looked at here.
final class Screening: Sendable {
    private enum Event: Sendable {
        case frame(PickedFrame)
        case ended(FilmReport)
        case failed(any Error)
    }

    private let events = Handover<Event>(capacity: Screening.capacity)
    private let isDone = DispatchSemaphore(value: 0)

    /// Frames that wait; each has 6 MB at most.
    private static let capacity = 4

    /// Starts decoding.
    ///
    /// - Parameters:
    ///   - descriptor: stays open until `finish` returns.
    ///   - request: which frames are wanted.
    init(_ descriptor: Int32, _ request: FilmRequest) {
        let events = events
        let isDone = isDone
        DispatchQueue.global().async {
            do {
                var picker = try FramePicker(
                    descriptor: descriptor, options: request.options, sampling: request.sampling,
                    range: request.range
                ) { events.give(.frame($0)) }
                try picker.run()
                _ = events.give(.ended(picker.report))
            } catch {
                _ = events.give(.failed(error))
            }
            isDone.signal()
        }
    }

    /// Shows each frame as soon as it is there.
    ///
    /// - Parameter look: takes a frame.
    /// - Returns: what was found on the way.
    /// - Throws: `FilmError`, and what `look` throws; then nothing is decoded any more.
    func run(_ look: (PickedFrame) throws -> Void) throws -> FilmReport {
        // Until then the descriptor is in use.
        defer { isDone.wait() }
        while true {
            switch events.take() {
            case .ended(let report): return report
            case .failed(let error): throw error
            case .frame(let frame):
                do {
                    try look(frame)
                } catch {
                    events.stop()
                    throw error
                }
            }
        }
    }
}
