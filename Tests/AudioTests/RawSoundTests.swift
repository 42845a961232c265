import Audio
import Foundation
import Signals
import TestKit
import Testing

/// Samples without a header.
@Suite struct RawSoundTests {
    @Test(
        arguments: [
            ("s16le", [0x00, 0x40]), ("s16be", [0x40, 0x00]), ("s8", [0x40]), ("u8", [0xC0]),
            ("s24le", [0, 0, 0x40]), ("s24be", [0x40, 0, 0]), ("s32le", [0, 0, 0, 0x40]),
            ("s32be", [0x40, 0, 0, 0]), ("f32le", [0, 0, 0, 0x3F]), ("f32be", [0x3F, 0, 0, 0]),
            ("f64le", [0, 0, 0, 0, 0, 0, 0xE0, 0x3F]), ("F64BE", [0x3F, 0xE0, 0, 0, 0, 0, 0, 0]),
        ] as [(String, [UInt8])])
    func `one half is one half in every encoding`(encoding: String, bytes: [UInt8]) throws {
        let heard = try hear(bytes + bytes, raw: "\(encoding):16000:1")
        #expect(heard.samples == [0.5, 0.5])
        #expect(heard.damage == nil)
        #expect(heard.durationSeconds == 2.0 / 16_000)
    }

    /// Values of ITU-T G.711, as FFmpeg decodes them.
    @Test(
        arguments: [
            ("mulaw", 0xFF, 0), ("mulaw", 0x7F, 0), ("mulaw", 0x00, -32124), ("mulaw", 0x80, 32124),
            ("mulaw", 0xC3, 1692), ("alaw", 0xD5, 8), ("alaw", 0x55, -8), ("alaw", 0xAA, 32256),
            ("alaw", 0x2A, -32256), ("alaw", 0x91, 2624),
        ] as [(String, UInt8, Int)])
    func `telephone encodings follow their tables`(name: String, code: UInt8, value: Int) throws {
        #expect(try hear([code], raw: "\(name):16000:1").samples == [Float(value) / 32768])
    }

    @Test func `a stream of several channels is mixed, or told apart`() throws {
        let bytes = bytesF32([0.5, 0.25, -0.75, 0.25, 0.125, 0.5])
        let raw = "f32le:16000:3"
        #expect(try hear(bytes, raw: raw).samples == [0, 0.875 / 3])
        var selection = SoundSelection()
        selection.channel = .each
        let each = try hear(bytes, raw: raw, selection)
        #expect(each.channels == [[0.5, 0.25], [0.25, 0.125], [-0.75, 0.5]])
        #expect(each.channelCount == 3)
        selection.channel = .one(3)
        #expect(try hear(bytes, raw: raw, selection).channels == [[-0.75, 0.5]])
        selection.channel = .one(4)
        #expect(throws: SoundInputError.noSuchChannel(4, channelCount: 3)) {
            try hear(bytes, raw: raw, selection)
        }
    }

    @Test func `a stream that stops inside a sample gives what came before, and says so`() throws {
        let heard = try hear([0, 0x40, 0, 0x40, 0], raw: "s16le:16000:1")
        #expect(heard.samples == [0.5, 0.5])
        #expect(heard.damage == .endsInsideSample)
    }

    @Test func `what is no number is silenced, counted and told`() throws {
        let heard = try hear(
            bytesF32([0.5, .nan, .infinity, -.infinity, 1e30, 0.25]), raw: "f32le:16000:1")
        #expect(heard.samples == [0.5, 0, 0, 0, 0, 0.25])
        #expect(heard.damage == .brokenSamples(count: 4))
        #expect(heard.damage?.exitStatus == .damagedInput)
    }

    @Test func `samples come out of a pipe while it stays open`() throws {
        let pipe = try SoundPipe()
        var reader = try SoundReader(
            descriptor: pipe.reading, name: "-", raw: RawSoundFormat("s16le:16000:1"))
        #expect(reader.durationSeconds == nil)
        for value in 1...3 {
            pipe.write(bytes16([Int16(value), Int16(value)]))
            #expect(
                try reader.read(upTo: 16_000) == [Array(repeating: Float(value) / 32768, count: 2)])
        }
        pipe.write([1])
        pipe.closeWriting()
        #expect(try reader.read(upTo: 16_000) == [[]])
        #expect(try reader.read(upTo: 16_000) == [[]])
        #expect(reader.damage == .endsInsideSample)
    }

    @Test(arguments: [
        ("s16le", RawSoundFormatError.wrongShape("s16le")), ("", .wrongShape("")),
        ("s16le:16000:1:2", .wrongShape("s16le:16000:1:2")),
        ("s17le:16000:1", .unknownEncoding("s17le")), ("s16le:0:1", .impossibleRate("0")),
        ("s16le:1e3:1", .impossibleRate("1e3")), ("s16le:-1:1", .impossibleRate("-1")),
        ("s16le:99999999999999999999:1", .impossibleRate("99999999999999999999")),
        ("s16le:16000:0", .impossibleChannels("0")), ("s16le:16000:", .impossibleChannels("")),
    ])
    func `a wrong format is a wrong usage that says how`(
        text: String, error: RawSoundFormatError
    ) {
        #expect(throws: error) { try RawSoundFormat(text) }
        #expect(error.exitStatus == .usage)
        #expect(!error.what.isEmpty && error.remedy.contains("s16le"))
    }
}
