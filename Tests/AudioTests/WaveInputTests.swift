import Audio
import Foundation
import Signals
import TestKit
import Testing

/// WAV files, and what their headers say that is not so.
@Suite struct WaveInputTests {
    private let samples: [Int16] = [0, 16384, -16384, 8192]
    private let heard: [Float] = [0, 0.5, -0.5, 0.25]

    @Test func `a whole file is read without complaint, from a file and from a pipe`() throws {
        let file = wave(bytes16(samples), after: Array("LIST".utf8) + littleEndian(2, 4) + [0, 0])
        let there = try hear(file)
        #expect(there.samples == heard && there.damage == nil)
        #expect(there.durationSeconds == 4.0 / 16_000)
        let piped = try hear(piped: file)
        #expect(piped.samples == heard && piped.damage == nil)
        #expect(piped.durationSeconds == 4.0 / 16_000)
    }

    @Test(arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000, 0x8000_0000, 0xFFFF_FFDA])
    func `a length written before it was known is no promise`(length: Int) throws {
        let file = wave(bytes16(samples), dataLength: length, riffLength: 0xFFFF_FFFF)
        for heard in [try hear(file), try hear(piped: file)] {
            #expect(heard.samples == self.heard && heard.damage == nil)
        }
        #expect(try hear(piped: file).durationSeconds == nil)
    }

    @Test func `lengths of 0 in a file that was never closed are no promise`() throws {
        let file = wave(bytes16(samples), dataLength: 0, riffLength: 0)
        #expect(try hear(piped: file).samples == heard)
        #expect(try hear(file).damage == nil)
    }

    @Test func `a file that is shorter than its header says is read, and it is told`() throws {
        let file = wave(bytes16(samples), dataLength: 64_000)
        for heard in [try hear(file), try hear(piped: file)] {
            #expect(heard.samples == self.heard)
            #expect(heard.damage == .endsEarly(promisedSeconds: 2, foundSeconds: 0.00025))
        }
    }

    @Test func `sound after the length that the header says is read, and it is told`() throws {
        let more = [Int16](repeating: -2, count: 1000)
        let file = wave(bytes16(samples + more), dataLength: 8)
        for heard in [try hear(file), try hear(piped: file)] {
            #expect(heard.samples.count == 1004)
            #expect(heard.damage == .goesOn(promisedSeconds: 0.00025))
        }
    }

    @Test func `a header without sound after it is refused, unless it says so`() throws {
        #expect(soundError(wave([], dataLength: 1000)) == .noSamples)
        #expect(try hear(wave([])).samples.isEmpty)
    }

    @Test(arguments: [
        (0, 16_000, SoundInputError.impossibleChannels(0)),
        (60_000, 16_000, .impossibleChannels(60_000)),
        (1, 4_294_967_295, .impossibleRate(4_294_967_295)), (1, 0, .impossibleRate(0)),
        (2, 4_000_000_000, .impossibleRate(4_000_000_000)),
    ])
    func `a header of what cannot be is refused in a sentence`(
        channels: Int, rate: Int, error: SoundInputError
    ) {
        #expect(soundError(wave(bytes16(samples), channels: channels, rate: rate)) == error)
        #expect(error.exitStatus == .damagedInput)
    }

    @Test func `plain samples of every width are read`() throws {
        #expect(try hear(wave([0x80, 0xC0], bits: 8)).samples == [0, 0.5])
        #expect(try hear(wave([0, 0, 0x40], bits: 24)).samples == [0.5])
        #expect(try hear(wave([0, 0, 0, 0x40], bits: 32)).samples == [0.5])
        #expect(try hear(wave([0, 0, 0, 0, 0x40], bits: 40)).samples == [0.5])
        #expect(try hear(wave(bytesF32([0.5]), tag: 3, bits: 32)).samples == [0.5])
        #expect(try hear(wave([0xFF], tag: 7, bits: 8)).samples == [0])
    }

    @Test func `a live pipe gives its samples as they come`() throws {
        let pipe = try SoundPipe()
        pipe.write(wave(bytes16(samples), dataLength: 0xFFFF_FFFF))
        var reader = try SoundReader(descriptor: pipe.reading, name: "-")
        #expect(try reader.read(upTo: 16_000) == [heard])
        pipe.write(bytes16([16384]))
        #expect(try reader.read(upTo: 16_000) == [[0.5]])
        pipe.closeWriting()
        #expect(try reader.read(upTo: 16_000) == [[]])
        #expect(reader.damage == nil)
    }

    @Test func `damage inside the header is refused or read, never more`() throws {
        let file = wave(bytes16(samples))
        for length in 0..<44 {
            let error = soundError(Array(file.prefix(length)))
            #expect(
                error?.exitStatus == .damagedInput, "\(length) bytes: \(String(describing: error))")
        }
        for place in 0..<44 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var broken = file
                broken[place] = value
                if let error = soundError(broken) { #expect(!error.what.isEmpty) }
            }
        }
    }
}
