import Glibc

/// Triangles over the bins of a spectrum, evenly spaced to the ear, each of the same area.
///
/// Source: `audio_utils.py` of transformers, `mel_filter_bank` with `norm="slaney"` and
/// `mel_scale="slaney"`, which are `librosa`'s defaults and those of `openai/whisper`.
struct MelFilters: Sendable {
    /// Per filter, the first bin that counts.
    private(set) var firsts: [Int32] = []
    /// Per filter, how many bins count.
    private(set) var counts: [Int32] = []
    /// The weights of all filters, one after the other.
    private(set) var weights: [Float] = []

    /// - Parameters:
    ///   - count: filters
    ///   - bins: of the spectrum, from 0 Hz to half the sample rate
    ///   - sampleRate: of the sound (Hz)
    init(count: Int, bins: Int, sampleRate: Double) {
        let top = mel(ofHertz: sampleRate / 2)
        let corners = (0..<(count + 2)).map { hertz(ofMel: top * Double($0) / Double(count + 1)) }
        for filter in 0..<count {
            let (low, centre, high) = (corners[filter], corners[filter + 1], corners[filter + 2])
            let row = (0..<bins).map { bin in
                let frequency = sampleRate / 2 * Double(bin) / Double(bins - 1)
                let rise = (frequency - low) / (centre - low)
                let fall = (high - frequency) / (high - centre)
                return Float(max(0, min(rise, fall)) * 2 / (high - low))
            }
            let first = row.firstIndex { $0 > 0 } ?? 0
            let last = row.lastIndex { $0 > 0 } ?? first - 1
            firsts.append(Int32(first))
            counts.append(Int32(last + 1 - first))
            if first <= last { weights += row[first...last] }
        }
    }
}

// Slaney's Auditory Toolbox (1998): linear up to 1000 Hz, then logarithmic.
private let linearStep = 200.0 / 3
private let logStep = log(6.4) / 27

private func mel(ofHertz frequency: Double) -> Double {
    frequency < 1_000
        ? frequency / linearStep : 1_000 / linearStep + log(frequency / 1_000) / logStep
}

private func hertz(ofMel mel: Double) -> Double {
    let border = 1_000 / linearStep
    return mel < border ? mel * linearStep : 1_000 * exp((mel - border) * logStep)
}
