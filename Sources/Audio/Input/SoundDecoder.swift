import CMedia

/// More channels than this, and a header is wrong.
let mostChannels = Int(CC_MOST_CHANNELS)
/// Of samples per second.
let highestSampleRate = Int(CC_HIGHEST_RATE)

/// Some samples of every channel.
struct SoundBlock {
    /// Interleaved, full scale -1 to 1.
    var samples: [Float]
    var channelCount: Int
    var sampleRate: Int

    var frameCount: Int { samples.count / channelCount }
}

/// A recording as its codec gives it.
protocol SoundDecoder: AnyObject {
    var channelCount: Int { get }
    /// Which loudspeakers the channels are for, as FFmpeg numbers them; 0 where that is not told.
    var speakers: UInt64 { get }
    var sampleRate: Int { get }
    /// Of the whole recording, as its header tells.
    var durationSeconds: Double? { get }
    /// What was wrong with what has been read so far, and did not stop the reading.
    var damage: SoundInputError? { get }

    /// The next samples: those that are there, at least one; nil at the end.
    ///
    /// - Throws: `SoundInputError.cannotRead`; damage is told by `damage`.
    func next() throws(SoundInputError) -> SoundBlock?

    /// Goes to a sample, exactly.
    ///
    /// - Returns: false where that is not possible, and then it is where it was.
    func seek(toFrame frame: Int) -> Bool
}

extension SoundDecoder {
    var speakers: UInt64 { 0 }
}

/// About how many samples, all channels together, are handled at once.
let blockSize = 16_384
