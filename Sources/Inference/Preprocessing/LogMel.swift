import Glibc
import Kernels

/// Sound to what Whisper hears: how loud each of its channels is, every 10 ms.
///
/// Source: `feature_extraction_whisper.py`, class `WhisperFeatureExtractor`: windows of 25 ms, the
/// power of their spectrum through a mel filter bank, its logarithm, cut 8 below the window's
/// largest. Sound shorter than a window is followed by silence. Filters that a file lists are
/// those that the formula gives, and the reference computes them too.
package struct LogMel: Sendable {
    /// Samples of a whole window.
    package let windowSamples: Int
    /// Channels of a frame.
    package let channels: Int
    private let filters: MelFilters
    /// Periodic Hann, `[400]`.
    private let window: [Float]
    /// exp(-2πik / 400), `[400, 2]`.
    private let turns: [Float]

    private static let hop = Int(CC_MEL_HOP)
    private static let size = Int(CC_MEL_SIZE)

    /// Frames of a whole window.
    package var frames: Int { windowSamples / LogMel.hop }

    /// - Parameters:
    ///   - file: `preprocessor_config.json`; nil takes the reference's defaults
    ///   - channels: that the model wants
    /// - Throws: `ConfigurationError` for a field of another type, or for frames that are not
    ///   400 samples every 160 at 16 kHz, of which all published models are.
    package init(_ file: Configuration?, channels: Int) throws(ConfigurationError) {
        var seconds = 30
        if let file {
            for (name, value) in [
                ("feature_size", channels), ("n_fft", LogMel.size), ("hop_length", LogMel.hop),
                ("sampling_rate", 16_000),
            ] {
                let found = try file.integer(name, in: 1...1_000_000, default: value)
                guard found == value else { throw file.unfit(name, expected: "\(value)") }
            }
            guard try file.number("dither", default: 0) == 0 else {
                throw file.unfit("dither", expected: "0")
            }
            seconds = try file.integer("chunk_length", in: 1...600, default: seconds)
        }
        self.init(channels: channels, seconds: seconds)
    }

    /// Of frames that are 400 samples every 160 at 16 kHz.
    ///
    /// - Parameters:
    ///   - channels: of a frame
    ///   - seconds: of a whole window
    package init(channels: Int, seconds: Int = 30) {
        windowSamples = seconds * 16_000
        self.channels = channels
        filters = MelFilters(count: channels, bins: LogMel.size / 2 + 1, sampleRate: 16_000)
        let angles = (0..<LogMel.size).map { 2 * Double.pi * Double($0) / Double(LogMel.size) }
        window = angles.map { Float(0.5 - 0.5 * cos($0)) }
        turns = angles.flatMap { [Float(cos($0)), Float(-sin($0))] }
    }

    /// - Parameter samples: at most `windowSamples`; what is no number counts as silence
    /// - Returns: `[frames, channels]`
    package func callAsFunction(_ samples: [Float]) -> Tensor {
        precondition(samples.count <= windowSamples, "\(samples.count) samples in a window")
        // A frame that touches no sample is the same for all sound.
        let half = LogMel.size / 2
        let heard = min(frames, (samples.count + half + LogMel.hop - 1) / LogMel.hop)
        return Tensor(shape: [frames, channels]) { out in
            var padded = [Float](repeating: 0, count: heard * LogMel.hop + LogMel.size)
            // Safe: `padded` holds each frame from its first to its last sample, the filters lie
            // within the spectrum, and `out` has a row for each frame.
            unsafe cc_pad_sound(samples, samples.count, windowSamples, &padded, padded.count)
            unsafe cc_log_mel(
                padded, heard, window, turns, filters.firsts, filters.counts, filters.weights,
                channels, &out)
            unsafe cc_finish_log_mel(&out, heard * channels, frames * channels)
        }
    }
}
