/// What of a recording is wanted.
package struct SoundSelection: Sendable, Equatable {
    package enum Channel: Sendable, Equatable {
        /// The mean of all channels.
        case mixed
        /// One channel, counted from 1.
        case one(Int)
        /// Every channel by itself.
        case each
    }

    package var channel = Channel.mixed
    package var fromSeconds = 0.0
    /// Nil for the end of the recording.
    package var toSeconds: Double?

    package init() {}

    /// - Throws: `SoundInputError.impossibleRange`.
    func check() throws(SoundInputError) {
        let isPossible =
            fromSeconds >= 0 && fromSeconds.isFinite && (toSeconds ?? .infinity) > fromSeconds
        guard isPossible else {
            throw .impossibleRange(fromSeconds: fromSeconds, toSeconds: toSeconds)
        }
    }

    /// - Throws: `SoundInputError.noSuchChannel` or `.startsAfterEnd`.
    func check(_ decoder: any SoundDecoder) throws(SoundInputError) {
        if case .one(let channel) = channel, !(1...decoder.channelCount).contains(channel) {
            throw .noSuchChannel(channel, channelCount: decoder.channelCount)
        }
        // Of other recordings the end tells: what a header says need not be true.
        if let file = decoder as? PlainSamples, let duration = file.exactSeconds,
            fromSeconds > 0, fromSeconds >= duration
        {
            throw .startsAfterEnd(fromSeconds: fromSeconds, durationSeconds: duration)
        }
    }
}
