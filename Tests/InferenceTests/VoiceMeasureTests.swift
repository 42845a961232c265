import Foundation
import Inference
import TestKit
import Testing

@Suite struct VoiceMeasureTests {
    private func tone(_ hertz: Double, count: Int = 2048) -> [Float] {
        (0..<count).map { Float(sin(2 * .pi * hertz * Double($0) / 16_000)) }
    }

    private func steps(_ sound: [Float]) -> [[Float]] {
        stride(from: 0, to: sound.count, by: BandSpectrum.step).map {
            Array(sound[$0..<($0 + BandSpectrum.step)])
        }
    }

    @Test(arguments: [(250.0, 0), (350, 1), (1000, 6), (2500, 12), (3400, 14)])
    func `a tone's power stands in its own band`(hertz: Double, band: Int) {
        var spectrum = BandSpectrum()
        let powers = steps(tone(hertz)).map { spectrum.powers(adding: $0) }.last ?? []
        #expect(powers.count == BandSpectrum.bands)
        // The mean square of a sine is 1/2; the window lets a little into the bands beside it.
        #expect(abs(powers[band] - 0.5) < 0.02)
        #expect(powers.reduce(0, +) - powers[band] < 0.02)
    }

    @Test func `the power of noise is the sum of its Fourier coefficients`() {
        var numbers = SeededNumbers(seed: 5)
        let sound = numbers.floats(512)
        var spectrum = BandSpectrum()
        let powers = steps(sound).map { spectrum.powers(adding: $0) }.last ?? []
        // Bins 6 to 9 are the first band, 200 to 300 Hz; summed here term by term.
        let expected = (6..<10).reduce(0.0) { sum, bin in
            var (real, imaginary) = (0.0, 0.0)
            for (i, x) in sound.enumerated() {
                let window = 0.5 - 0.5 * cos(2 * .pi * Double(i) / 512)
                real += Double(x) * window * cos(2 * .pi * Double(bin * i) / 512)
                imaginary -= Double(x) * window * sin(2 * .pi * Double(bin * i) / 512)
            }
            return sum + real * real + imaginary * imaginary
        }
        let scaled = expected * 2 / (512 * 512 * 0.375)
        // f32 against f64 in a transform of 512.
        #expect(abs(Double(powers[0]) - scaled) < 1e-5 * scaled)
    }

    @Test(arguments: [75.0, 120, 210, 390])
    func `pulses at a voice's pitch repeat, noise does not`(hertz: Double) {
        let period = 16_000 / hertz
        let pulses = (0..<2048).map { i -> Float in
            let phase = (Double(i) / period).truncatingRemainder(dividingBy: 1) * period
            return phase < 1 ? 1 : Float(exp(-phase / 12) * sin(phase * 0.25))
        }
        var meter = PeriodMeter()
        let voiced = steps(pulses).map { meter.strength(adding: $0) }.last ?? 0
        #expect(voiced > 0.9)
        var numbers = SeededNumbers(seed: 6)
        var other = PeriodMeter()
        let noise = steps(numbers.floats(16_384)).map { other.strength(adding: $0) }.suffix(40)
        #expect(noise.reduce(0, +) / 40 < 0.45)
    }

    @Test func `silence has no power and no period`() {
        var spectrum = BandSpectrum()
        var meter = PeriodMeter()
        let silence = [Float](repeating: 0, count: BandSpectrum.step)
        for _ in 0..<3 {
            #expect(spectrum.powers(adding: silence).allSatisfy { $0 == 0 })
            #expect(meter.strength(adding: silence) == 0)
        }
    }
}
