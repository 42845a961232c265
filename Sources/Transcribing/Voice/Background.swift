import Glibc

/// What is always there, band by band: the least power of the last two seconds.
///
/// After Martin, "Noise Power Spectral Density Estimation Based on Optimal Smoothing and Minimum
/// Statistics", 2001, with a fixed smoothing and a fixed correction of the minimum.
struct Background: Sendable {
    /// 110 dB below full scale, what 16-bit sound's own noise has in a band.
    private static let least: Float = 1e-11
    /// Smoothed noise is that much above its own minimum.
    private static let correction: Float = 1.5
    private static let chunksOfBlock = 32
    private static let blocksKept = 4

    private var smoothed: [Float] = []
    private var current: [Float] = []
    private var blocks: [[Float]] = []
    private var chunksHeard = 0

    /// - Parameter powers: `[bands]` of the next 16 ms
    /// - Returns: `[bands]` powers of ten above the background, 0 to 3
    mutating func excess(of powers: [Float]) -> [Float] {
        if smoothed.isEmpty {
            smoothed = powers
            current = powers
        }
        for band in powers.indices {
            smoothed[band] += 0.3 * (powers[band] - smoothed[band])
            current[band] = min(current[band], smoothed[band])
        }
        let excess = powers.indices.map { band in
            let floor = blocks.reduce(current[band]) { min($0, $1[band]) }
            let level = max(floor, Background.least) * Background.correction
            return min(max(log10f(max(powers[band], Background.least) / level), 0), 3)
        }
        chunksHeard += 1
        if chunksHeard.isMultiple(of: Background.chunksOfBlock) {
            blocks.append(current)
            if blocks.count > Background.blocksKept { blocks.removeFirst() }
            current = smoothed
        }
        return excess
    }
}
