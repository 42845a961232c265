import Audio
import Foundation
import TestKit
import Testing

/// What the way to 16 kHz does to sound, seen from outside.
@Suite struct ResamplerTests {
    private func resampled(_ samples: [Float], rate: Int, limit: Int = 5000) throws -> [Float] {
        try hear(bytesF32(samples), raw: "f32le:\(rate):1", limit: limit).samples
    }

    /// Away from the ends, where a tone starts and stops.
    private func middle(_ samples: [Float]) -> ArraySlice<Float> {
        samples[2000..<samples.count - 2000]
    }

    @Test(arguments: [
        (44_100, 8700.0), (44_100, 10_000), (44_100, 21_000), (48_000, 12_345),
        (96_000, 47_000), (768_000, 200_000), (44_101, 10_000), (22_050, 10_000),
    ])
    func `what cannot be told at 16 kHz vanishes`(rate: Int, hertz: Double) throws {
        let output = try resampled(tone(hertz, rate: rate, seconds: 1), rate: rate)
        #expect(decibels(middle(output)) < -90)
    }

    @Test(arguments: [8000, 11_025, 12_000, 16_000, 22_050, 44_100, 44_101, 48_000, 192_000])
    func `what can be told keeps its strength`(rate: Int) throws {
        for hertz in [50.0, 440, 1000, 3000, 3600, 5000, 7000, 7350]
        where hertz < 0.46 * Double(rate) {
            let output = try resampled(tone(hertz, rate: rate, seconds: 1), rate: rate)
            #expect(abs(decibels(middle(output))) < 0.01, "\(hertz) Hz at \(rate)")
        }
    }

    @Test(arguments: [8000, 11_025, 44_100, 44_101, 48_000])
    func `a tone comes out as the same tone, sample by sample`(rate: Int) throws {
        let output = try resampled(tone(1000, rate: rate, seconds: 1), rate: rate)
        let wanted = tone(1000, rate: 16_000, seconds: 1)
        let worst = zip(middle(output), middle(wanted)).map { abs($0 - $1) }.max() ?? 1
        // The filter's own ripple, 100 dB down, and rounding.
        #expect(worst < 3e-5)
    }

    @Test(arguments: [8000, 22_050, 44_100, 48_000, 96_000])
    func `an impulse stays at its time`(rate: Int) throws {
        var samples = [Float](repeating: 0, count: rate)
        let place = rate / 3
        samples[place] = 1
        let output = try resampled(samples, rate: rate)
        let peak = output.indices.max { abs(output[$0]) < abs(output[$1]) } ?? 0
        #expect(abs(Double(peak) - Double(place) * 16_000 / Double(rate)) <= 0.5)
    }

    @Test(arguments: [
        (44_100, 1), (44_100, 44_099), (44_100, 100_001), (48_000, 1), (48_000, 2), (8000, 7),
        (1, 3), (7, 20), (16_001, 16_001), (768_000, 100_000), (11_025, 0), (16_000, 12_345),
    ])
    func `as many samples come out as the time takes`(rate: Int, count: Int) throws {
        let output = try resampled(Array(repeating: 0.25, count: count), rate: rate)
        #expect(output.count == Int((Double(count) * 16_000 / Double(rate)).rounded()))
    }

    @Test func `however it is read, the samples are the same`() throws {
        let noise = (0..<40_000).map { i in Float(i &* 7919 % 1009) / 1009 - 0.5 }
        for rate in [44_100, 44_101, 8000] {
            let whole = try resampled(noise, rate: rate, limit: .max)
            for limit in [1, 17, 4096] {
                #expect(try resampled(noise, rate: rate, limit: limit) == whole)
            }
            let piped = try hear(piped: bytesF32(noise), raw: "f32le:\(rate):1").samples
            #expect(piped == whole)
        }
    }

    @Test func `16 kHz passes untouched`() throws {
        let noise = (0..<20_000).map { i in Float(i &* 7919 % 1009) / 1009 - 0.5 }
        #expect(try resampled(noise, rate: 16_000) == noise)
    }

    @Test func `a constant stays one`() throws {
        let output = try resampled(Array(repeating: 0.25, count: 44_100), rate: 44_100)
        #expect(middle(output).allSatisfy { abs($0 - 0.25) < 1e-6 })
    }
}
