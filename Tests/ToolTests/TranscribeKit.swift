import Foundation
import TestKit
import Testing

/// The tiny random Whisper of `Tests/Fixtures`: what it writes means nothing, but it writes.
let tinyWhisper = Repository.fixtures + "/whisper-tiny"

/// Chooses the tiny model; random text fails every test, and would be tried again for long.
let withTinyWhisper = ["--model", tinyWhisper, "--no-fallback"]

/// Runs `transcribe` with the tiny model.
func transcribe(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    output: RunningTool.Output = .captured, folder: String? = nil
) throws -> ToolRun.Result {
    try ToolRun.run(
        "transcribe", withTinyWhisper + arguments, input: input,
        environment: withoutModels.merging(environment) { $1 }, output: output, folder: folder)
}

/// Sound without a header, 16-bit samples 16,000 times a second, in which somebody seems to speak.
///
/// - Parameters:
///   - spoken: seconds in which speech is heard.
///   - seconds: of all of it.
/// - Returns: little-endian bytes.
/// - Throws: where `speak` cannot be run.
func voice(_ spoken: [ClosedRange<Double>], seconds: Double) throws -> [UInt8] {
    let run = try ToolRun.run(
        "speak", ["--rate", "160"],
        input: Array(
            "The ferry leaves at nine and comes back in the evening, every day of the year. ".utf8)
            + Array("Bring a coat, for the wind on the upper deck is cold in any season.".utf8))
    let wave = Array(run.output.dropFirst(44))
    #expect(wave.count > 100_000, "\(run)")
    // 22,050 samples a second become 16,000, roughly: the nearest one does for a test.
    let speech = (0..<(wave.count / 2 * 160 / 221)).map { i -> Int16 in
        let at = min(wave.count / 2 - 1, i * 221 / 160)
        return Int16(bitPattern: UInt16(wave[2 * at]) | UInt16(wave[2 * at + 1]) << 8)
    }
    var samples = [Int16](repeating: 0, count: Int(seconds * 16_000))
    for range in spoken {
        let first = Int(range.lowerBound * 16_000)
        for i in first..<min(samples.count, Int(range.upperBound * 16_000)) {
            samples[i] = speech[(i - first) % speech.count]
        }
    }
    return samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}

/// A WAV file of 16-bit samples.
func wave(_ samples: [UInt8], rate: UInt32 = 16_000, channels: UInt32 = 1) -> [UInt8] {
    func number(_ value: UInt32, _ count: UInt32) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let size = UInt32(samples.count)
    return Array("RIFF".utf8) + number(36 + size, 4) + Array("WAVEfmt ".utf8) + number(16, 4)
        + number(1, 2) + number(channels, 2) + number(rate, 4) + number(rate * channels * 2, 4)
        + number(channels * 2, 2) + number(16, 2) + Array("data".utf8) + number(size, 4) + samples
}
