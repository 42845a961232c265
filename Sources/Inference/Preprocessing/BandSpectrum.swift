import Kernels

/// The power of sound in the bands that the ear tells apart, 200 to 3700 Hz: those of speech that
/// a telephone leaves.
package struct BandSpectrum: Sendable {
    /// Samples from one measurement to the next.
    package static let step = Int(CC_VOICE_STEP)

    /// Lower edges of 15 bands and the upper one of the last, as bins of 31.25 Hz.
    ///
    /// Zwicker, "Subdivision of the Audible Frequency Range into Critical Bands", 1961.
    private static let edges = [
        200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700,
    ].map { Int((Double($0) / 31.25).rounded()) }

    package static var bands: Int { edges.count - 1 }

    private let table: [Float]
    private var frame = [Float](repeating: 0, count: Int(CC_VOICE_FRAME))
    private var power = [Float](repeating: 0, count: Int(CC_VOICE_BINS))
    private var scratch = [Float](repeating: 0, count: 1024)

    package init() {
        var table = [Float](repeating: 0, count: Int(CC_VOICE_TABLE))
        // Safe: as long as the kernel asks for.
        unsafe cc_voice_table(&table)
        self.table = table
    }

    /// - Parameter samples: the next `step` samples
    /// - Returns: `[bands]` mean squares over the last 32 ms
    package mutating func powers(adding samples: [Float]) -> [Float] {
        frame.removeFirst(samples.count)
        frame.append(contentsOf: samples)
        // Safe: all four are as long as the kernel asks for; `frame` keeps its length.
        unsafe cc_voice_power(frame, table, &power, &scratch)
        // Parseval: both halves of the spectrum, and 3/8 for the window's own mean square.
        let scale = 2 / (512 * 512 * Float(0.375))
        return (0..<BandSpectrum.bands).map { band in
            let bins = BandSpectrum.edges[band]..<BandSpectrum.edges[band + 1]
            return bins.reduce(Float(0)) { $0 + power[$1] } * scale
        }
    }
}
