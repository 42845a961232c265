import Foundation

/// The sound of a plain WAV file, read without the code under test.
package struct WaveFile {
    package enum Fault: Error { case noWave, format(tag: Int, bits: Int) }

    /// Of the first channel, full scale at -1 and 1.
    package let samples: [Float]
    /// Samples per second (Hz).
    package let rate: Int

    /// Reads 16-bit linear and 8-bit µ-law samples.
    ///
    /// - Parameter bytes: of the whole file
    /// - Throws: `Fault` for any other kind of file.
    package init(_ bytes: [UInt8]) throws {
        guard bytes.count >= 12, bytes[8..<12].elementsEqual("WAVE".utf8) else {
            throw Fault.noWave
        }
        func number(_ at: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
        }
        var (tag, channels, rate, bits) = (0, 1, 0, 0)
        var samples: [Float] = []
        var at = 12
        while at + 8 <= bytes.count {
            let name = String(decoding: bytes[at..<(at + 4)], as: UTF8.self)
            let start = at + 8
            let end = min(start + number(at + 4, 4), bytes.count)
            if name == "fmt " {
                tag = number(start, 2)
                channels = max(1, number(start + 2, 2))
                rate = number(start + 4, 4)
                bits = number(start + 14, 2)
            } else if name == "data" {
                switch (tag, bits) {
                case (1, 16):
                    samples = stride(from: start, to: end - 1, by: 2 * channels).map {
                        Float(Int16(truncatingIfNeeded: number($0, 2))) / 32768
                    }
                case (7, 8):
                    samples = stride(from: start, to: end, by: channels).map {
                        muLaw(bytes[$0])
                    }
                default: throw Fault.format(tag: tag, bits: bits)
                }
            }
            at = end + (end - start) % 2
        }
        self.samples = samples
        self.rate = rate
    }

    /// Twice the rate and nothing above the old limit: 8 kHz to 16 kHz.
    package var doubled: [Float] {
        // The cardinal sine under a Hann window, 16 samples to each side.
        let taps = (0..<16).map { k in
            let t = Double(k) + 0.5
            return Float(sin(.pi * t) / (.pi * t) * (0.5 + 0.5 * cos(.pi * t / 16)))
        }
        return samples.indices.flatMap { i in
            let between = (0..<16).reduce(Float(0)) { sum, k in
                let left = i - k >= 0 ? samples[i - k] : 0
                let right = i + 1 + k < samples.count ? samples[i + 1 + k] : 0
                return sum + taps[k] * (left + right)
            }
            return [samples[i], between]
        }
    }
}

/// ITU-T G.711.
private func muLaw(_ byte: UInt8) -> Float {
    let code = Int(~byte)
    let magnitude = ((code & 0x0F) << 3 + 132) << ((code >> 4) & 7) - 132
    return Float(code & 0x80 == 0 ? magnitude : -magnitude) / 32768
}
