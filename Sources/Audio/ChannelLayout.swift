/// Which loudspeakers the channels of a sound are for.
package struct ChannelLayout: Sendable, Equatable {
    package let count: Int
    /// A bit for each speaker, lowest first, as in the header of a WAVE file; 0 for the usual ones.
    let speakers: UInt64

    package static let mono = ChannelLayout(count: 1)
    package static let stereo = ChannelLayout(count: 2)

    /// - Parameters:
    ///   - count: 1 or more.
    ///   - speakers: of as many channels; else they are the usual ones.
    package init(count: Int, speakers: UInt64 = 0) {
        self.count = count
        self.speakers = speakers.nonzeroBitCount == count ? speakers : 0
    }

    /// The front centre, libavutil's `AV_CH_FRONT_CENTER`.
    private static let centreBit: UInt64 = 4
    /// The low effects, `AV_CH_LOW_FREQUENCY`.
    private static let effectsBit: UInt64 = 8

    /// The channel of the speaker in the middle, where voices are put; nil where there is none.
    package var centre: Int? {
        if speakers == 0 { return count == 1 ? 0 : count > 3 ? 2 : nil }
        guard speakers & Self.centreBit != 0 else { return nil }
        return (speakers & (Self.centreBit - 1)).nonzeroBitCount
    }

    /// The channel of low effects alone, which is not heard as sound of its own.
    package var effects: Int? {
        if speakers == 0 { return count == 3 ? 2 : count > 5 ? 3 : nil }
        guard speakers & Self.effectsBit != 0 else { return nil }
        return (speakers & (Self.effectsBit - 1)).nonzeroBitCount
    }
}
