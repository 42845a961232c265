import Audio
import CSoundFile
import Foundation
import Glibc
import Signals
import Testing

@Suite struct SoundFileTests {
    private let path = NSTemporaryDirectory() + "curbcut-\(UUID().uuidString)"
    private let tone = (0..<22050).map { i in
        Int16(10000 * sin(2 * Double.pi * 440 * Double(i) / 22050))
    }

    /// Opens the file, writes the tone in pieces, and reads back what libsndfile finds.
    private func readBack(_ format: SoundFormat, flags: Int32 = O_TRUNC) throws -> [Int16] {
        try write(format, flags: flags)
        return try samples()
    }

    private func write(
        _ format: SoundFormat, flags: Int32 = O_TRUNC, before: [UInt8] = []
    ) throws {
        let descriptor = unsafe open(path, O_CREAT | O_WRONLY | flags, 0o600)
        defer { close(descriptor) }
        _ = unsafe Glibc.write(descriptor, before, before.count)
        var writer = SoundFileWriter(
            descriptor: descriptor, name: "tone", format: format, sampleRate: 22050)
        for start in stride(from: 0, to: tone.count, by: 1324) {
            try writer.write(Array(tone[start..<min(start + 1324, tone.count)]))
        }
        try writer.finish()
    }

    private func samples() throws -> [Int16] {
        var info = SF_INFO()
        let file = unsafe sf_open(path, Int32(SFM_READ), &info)
        defer { unsafe sf_close(file) }
        try #require(unsafe file != nil)
        #expect([22_050, 24_000].contains(info.samplerate) && info.channels == 1)
        var read = [Int16](repeating: 0, count: 100_000)
        let count = unsafe sf_read_short(file, &read, Int64(read.count))
        return Array(read[..<Int(count)])
    }

    @Test func `WAV and FLAC give every sample back`() throws {
        defer { unsafe unlink(path) }
        #expect(try readBack(.wav) == tone)
        #expect(try readBack(.flac) == tone)
    }

    @Test func `Ogg Vorbis gives as many samples back, much alike`() throws {
        defer { unsafe unlink(path) }
        let read = try readBack(.ogg)
        try #require(read.count == tone.count)
        let noise = zip(read, tone).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
        let signal = tone.reduce(0.0) { $0 + pow(Double($1), 2) }
        // Vorbis at its default quality keeps a pure tone to better than 20 dB.
        #expect(noise < signal / 100)
    }

    @Test(arguments: SoundFormat.allCases)
    func `a file that cannot be gone back in is a stream that reads the same`(
        format: SoundFormat
    ) throws {
        defer { unsafe unlink(path) }
        // libsndfile does not find the end of an MP3 that tells no length.
        guard format != .wav, format != .mp3 else { return }
        let count = try readBack(format, flags: O_TRUNC | O_APPEND).count
        // Opus comes back at 24 kHz.
        let expected = format == .opus ? tone.count * 24_000 / 22_050 : tone.count
        #expect(abs(count - expected) <= (format == .opus ? 1 : 0))
    }

    @Test func `a WAV stream of unknown length reads to its end`() throws {
        defer { unsafe unlink(path) }
        let descriptor = unsafe open(path, O_CREAT | O_WRONLY | O_TRUNC | O_APPEND, 0o600)
        defer { close(descriptor) }
        var stream = WaveStream(descriptor: descriptor, name: "tone", sampleRate: 22050)
        try stream.write(Array(tone[..<100]))
        try stream.write(Array(tone[100...]))
        try stream.finish()
        #expect(try samples() == tone)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(bytes.count == 44 + 2 * tone.count)
        #expect(Array(bytes[4..<8]) == [255, 255, 255, 255])
        #expect(Array(bytes[40..<44]) == [255, 255, 255, 255])
    }

    @Test func `what stands in the file before stays there`() throws {
        defer { unsafe unlink(path) }
        try write(.wav, before: Array("before".utf8))
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(String(decoding: bytes.prefix(10), as: UTF8.self) == "beforeRIFF")
        #expect(bytes.count == 6 + 44 + 2 * tone.count)
    }

    @Test func `no sound writes nothing`() throws {
        defer { unsafe unlink(path) }
        let descriptor = unsafe open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        defer { close(descriptor) }
        for format in SoundFormat.allCases {
            var writer = SoundFileWriter(
                descriptor: descriptor, name: "x", format: format, sampleRate: 22050)
            try writer.finish()
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
    }

    @Test(arguments: SoundFormat.allCases)
    func `a full disk is an error that says so`(format: SoundFormat) {
        let descriptor = unsafe open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        #expect(throws: AudioError.full(name: "x")) {
            var writer = SoundFileWriter(
                descriptor: descriptor, name: "x", format: format, sampleRate: 22050)
            try writer.write(tone)
            try writer.finish()
        }
        #expect(AudioError.full(name: "x").exitStatus == .inputOutput)
    }

    @Test(arguments: [
        ("a.wav", SoundFormat.wav), ("b/a.WAVE", .wav), ("a.flac", .flac), ("a.b.ogg", .ogg),
        ("a.OGA", .ogg), ("a.mp3", .mp3), ("a.opus", .opus), ("a.aac", nil), ("wav", nil),
        (".wav", nil), ("a.wav/b", nil), ("", nil),
    ])
    func `the ending of the name stands for the format`(name: String, format: SoundFormat?) {
        #expect(SoundFormat(endingOf: name) == format)
    }
}
