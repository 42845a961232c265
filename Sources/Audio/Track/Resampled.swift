import Signals

extension Waveform {
    /// The same sound at another rate, full scale -1 to 1.
    ///
    /// - Parameter rate: in Hz.
    /// - Returns: as many samples as last as long.
    package func floats(atRate rate: Int) -> [Float] {
        let floats = samples.map { Float($0) / 32768 }
        guard rate != sampleRate else { return floats }
        var resampler = Resampler(FilterBank(from: sampleRate, to: rate))
        resampler.push(floats)
        resampler.finish()
        return resampler.take(resampler.available)
    }
}
