import Audio
import Foundation
import Glibc
import TestKit
import Testing

/// What a recording gave, read to its end.
struct Heard {
    /// One array for each wanted channel.
    var channels: [[Float]]
    let channelCount: Int
    let durationSeconds: Double?
    let damage: SoundInputError?

    var samples: [Float] { channels[0] }
}

/// Reads an open recording to its end, `limit` samples at a time.
func hear(
    _ descriptor: Int32, raw: String? = nil, _ selection: SoundSelection = .init(),
    limit: Int = 5000, rate: Int = 16_000
) throws -> Heard {
    var reader = try SoundReader(
        descriptor: descriptor, name: "recording", raw: raw.map { try RawSoundFormat($0) },
        selection: selection, sampleRate: rate)
    let duration = reader.durationSeconds
    var channels: [[Float]] = []
    while true {
        let more = try reader.read(upTo: limit)
        try #require(more.allSatisfy { $0.count == more[0].count && $0.count <= limit })
        channels = channels.isEmpty ? more : zip(channels, more).map { $0 + $1 }
        if more[0].isEmpty { break }
    }
    return Heard(
        channels: channels, channelCount: reader.channelCount, durationSeconds: duration,
        damage: reader.damage)
}

/// Reads a file by its path.
func hear(
    file path: String, raw: String? = nil, _ selection: SoundSelection = .init(),
    limit: Int = 5000, rate: Int = 16_000
) throws -> Heard {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0, "\(path) cannot be opened")
    defer { close(descriptor) }
    return try hear(descriptor, raw: raw, selection, limit: limit, rate: rate)
}

/// Reads bytes as a plain file.
func hear(
    _ bytes: [UInt8], raw: String? = nil, _ selection: SoundSelection = .init(),
    limit: Int = 5000, rate: Int = 16_000
) throws -> Heard {
    let folder = try TemporaryFolder()
    return try hear(
        file: folder.write("recording", bytes), raw: raw, selection, limit: limit, rate: rate)
}

/// Reads bytes that come through a pipe, by another thread.
func hear(
    piped bytes: [UInt8], raw: String? = nil, _ selection: SoundSelection = .init()
) throws -> Heard {
    let pipe = try SoundPipe()
    let writer = Thread {
        pipe.write(bytes)
        pipe.closeWriting()
    }
    writer.start()
    return try hear(pipe.reading, raw: raw, selection)
}

/// The error that reading bytes as a plain file ends in.
func soundError(_ bytes: [UInt8], raw: String? = nil) -> SoundInputError? {
    do {
        _ = try hear(bytes, raw: raw)
        return nil
    } catch {
        return error as? SoundInputError
    }
}

/// Two ends of a pipe.
final class SoundPipe: Sendable {
    let reading: Int32
    private let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(unsafe pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
        // A reader that has seen enough must not end the tests.
        signal(SIGPIPE, SIG_IGN)
    }

    deinit { close(reading) }

    func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    writing, buffer.baseAddress.map { unsafe $0 + sent }, buffer.count - sent)
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    func closeWriting() { close(writing) }
}

/// Bytes of numbers, the least significant first.
func littleEndian(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

func bytes16(_ samples: [Int16]) -> [UInt8] { samples.flatMap { littleEndian(Int($0), 2) } }

func bytesF32(_ samples: [Float]) -> [UInt8] {
    samples.flatMap { littleEndian(Int($0.bitPattern), 4) }
}

/// A WAV file; lengths as given, true ones by default.
func wave(
    _ data: [UInt8], tag: Int = 1, channels: Int = 1, rate: Int = 16_000, bits: Int = 16,
    dataLength: Int? = nil, riffLength: Int? = nil, after: [UInt8] = []
) -> [UInt8] {
    let frame = channels * bits / 8
    let format =
        littleEndian(tag, 2) + littleEndian(channels, 2) + littleEndian(rate, 4)
        + littleEndian(rate &* frame, 4) + littleEndian(frame, 2) + littleEndian(bits, 2)
    let body =
        Array("WAVEfmt ".utf8) + littleEndian(16, 4) + format + Array("data".utf8)
        + littleEndian(dataLength ?? data.count, 4) + data + after
    return Array("RIFF".utf8) + littleEndian(riffLength ?? body.count, 4) + body
}

/// A sine of amplitude 0.5.
func tone(_ hertz: Double, rate: Int, seconds: Double) -> [Float] {
    (0..<Int(Double(rate) * seconds)).map { i in
        Float(0.5 * sin(2 * Double.pi * hertz * Double(i) / Double(rate)))
    }
}

/// Root of the mean square, in dB of that of the sine of amplitude 0.5.
func decibels(_ samples: some Collection<Float>) -> Double {
    let power = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(samples.count)
    return 10 * log10(power / 0.125)
}
