import CESpeak

/// Where the samples of one call go.
final class Delivery {
    private let sink: (SpeechPiece) throws -> Void
    private(set) var failure: (any Error)?

    init(_ sink: @escaping (SpeechPiece) throws -> Void) { self.sink = sink }

    /// - Returns: whether the engine is to go on.
    func take(_ piece: SpeechPiece) -> Bool {
        do {
            try sink(piece)
            return true
        } catch {
            failure = error
            return false
        }
    }
}

/// What the engine calls with each buffer; 1 stops it.
func deliver(
    _ samples: UnsafeMutablePointer<Int16>?, _ count: Int32,
    _ events: UnsafeMutablePointer<espeak_EVENT>?
) -> Int32 {
    // Safe: the engine passes `count` samples and a list of events, of which the last has the type
    // 0, and whose user data is the delivery that `speak` keeps alive.
    guard let samples = unsafe samples, count > 0, let events = unsafe events,
        let data = unsafe events.pointee.user_data
    else { return 0 }
    var words: [SpeechPiece.WordStart] = []
    var event = unsafe events
    while unsafe event.pointee.type != espeakEVENT_LIST_TERMINATED {
        if unsafe event.pointee.type == espeakEVENT_WORD {
            unsafe words.append(
                SpeechPiece.WordStart(
                    scalar: Int(event.pointee.text_position) - 1,
                    length: Int(event.pointee.length), sample: Int(event.pointee.sample)))
        }
        unsafe event += 1
    }
    let delivery = unsafe Unmanaged<Delivery>.fromOpaque(data).takeUnretainedValue()
    let chunk = unsafe Array(UnsafeBufferPointer(start: samples, count: Int(count)))
    return delivery.take(SpeechPiece(samples: chunk, words: words)) ? 0 : 1
}
