import Foundation
import Models
import TestKit

/// Sound made up for tests, at `speechSampleRate`.
enum Sounds {
    static func seconds(_ count: Double) -> Int { Int(count * Double(speechSampleRate)) }

    static func silence(_ duration: Double) -> [Float] {
        [Float](repeating: 0, count: seconds(duration))
    }

    /// White noise.
    static func hiss(_ duration: Double, level: Float, seed: UInt64 = 1) -> [Float] {
        var numbers = SeededNumbers(seed: seed)
        return numbers.floats(seconds(duration), in: (-level)...level)
    }

    static func tone(_ duration: Double, hertz: Double, level: Float) -> [Float] {
        (0..<seconds(duration)).map {
            level * Float(sin(2 * .pi * hertz * Double($0) / Double(speechSampleRate)))
        }
    }

    /// Mains hum: 50 Hz and its multiples.
    static func hum(_ duration: Double, level: Float) -> [Float] {
        (1...11).map { tone(duration, hertz: 50 * Double($0), level: level / Float($0)) }
            .reduce(silence(duration)) { zip($0, $1).map { $0 + $1 } }
    }

    /// Syllables of 0.2 s with gaps of 0.06 s: pulses of a falling pitch around 120 Hz through three
    /// resonances, as in the vowel of "bet".
    static func voice(_ duration: Double, level: Float = 0.2) -> [Float] {
        let rate = Double(speechSampleRate)
        var resonances = [(530.0, 60.0), (1840, 90), (2480, 120)].map { hertz, width in
            Resonance(hertz: hertz, width: width)
        }
        var phase = 0.0
        let made = (0..<seconds(duration)).map { i -> Float in
            let time = Double(i) / rate
            let within = time.truncatingRemainder(dividingBy: 0.26)
            let loudness = within < 0.2 ? sin(.pi * within / 0.2) : 0
            phase += (135 - 30 * within / 0.26) / rate
            var sample = phase >= 1 ? loudness : 0
            if phase >= 1 { phase -= 1 }
            for k in resonances.indices { sample = resonances[k](sample) }
            return Float(sample)
        }
        let peak = made.map { abs($0) }.max() ?? 1
        return made.map { $0 / max(peak, 1e-9) * level }
    }

    /// A click of five milliseconds in the middle of each `every` seconds.
    static func clicks(_ duration: Double, every: Double, level: Float) -> [Float] {
        var sound = hiss(duration, level: 1e-4)
        for start in stride(from: every / 2, to: duration - 0.01, by: every) {
            let click = hiss(0.005, level: level, seed: UInt64(start * 1000))
            for (i, sample) in click.enumerated() { sound[seconds(start) + i] += sample }
        }
        return sound
    }

    static func mixed(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 + $1 } }

    /// A recording of the third-party test data, at `speechSampleRate`.
    static func recording(_ name: String) throws -> [Float] {
        let file = try WaveFile(SharedTestData.bytes("speech/" + name))
        return file.rate == 8000 ? file.doubled : file.samples
    }
}

/// Two poles: what a cavity of the mouth does to sound.
private struct Resonance {
    private let a: Double
    private let b: Double
    private var last = (0.0, 0.0)

    init(hertz: Double, width: Double) {
        let radius = exp(-.pi * width / Double(speechSampleRate))
        a = 2 * radius * cos(2 * .pi * hertz / Double(speechSampleRate))
        b = -radius * radius
    }

    mutating func callAsFunction(_ x: Double) -> Double {
        last = (x + a * last.0 + b * last.1, last.0)
        return last.0
    }
}
