import Audio
import Foundation
import Signals
import TestKit
import Testing

/// Parts of a recording.
@Suite struct SoundSelectionTests {
    private func part(_ from: Double, _ to: Double? = nil) -> SoundSelection {
        var selection = SoundSelection()
        selection.fromSeconds = from
        selection.toSeconds = to
        return selection
    }

    @Test func `a range is exact to the sample, in a file and in a pipe`() throws {
        let samples = (0..<48_000).map { Int16($0 % 30_011) }
        let file = wave(bytes16(samples))
        let all = try hear(file).samples
        for (from, to) in [(0.0, 1.0), (0.5, 0.75), (1.00003, 2.5), (2.9, nil), (0, 99), (2.5, 3)] {
            let first = Int((from * 16_000).rounded())
            let last = min(48_000, to.map { Int(($0 * 16_000).rounded()) } ?? 48_000)
            let wanted = Array(all[first..<last])
            #expect(try hear(file, part(from, to)).samples == wanted)
            #expect(try hear(piped: file, part(from, to)).samples == wanted)
        }
    }

    @Test func `what ends before the recording does is no damage`() throws {
        let file = wave(bytes16(Array(repeating: 1, count: 16_000)), dataLength: 64_000)
        #expect(try hear(file, part(0, 0.5)).damage == nil)
    }

    @Test(arguments: [
        "speech/encodings/jfk_16k.flac", "speech/encodings/jfk_flac.oga",
        "speech/encodings/jfk_f32_16k.wav",
    ])
    func `a lossless format gives the same samples from any place`(path: String) throws {
        guard SharedTestData.isPresent else { return }
        let file = SharedTestData.folder + "/" + path
        let all = try hear(file: file).samples
        for (from, to) in [(3.25, 4.5), (0.001, 0.002), (10.9, 11.5)] {
            let range =
                Int((from * 16_000).rounded())..<min(all.count, Int((to * 16_000).rounded()))
            #expect(try hear(file: file, part(from, to)).samples == Array(all[range]))
        }
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: [
            "speech/en_jfk_44k.m4a", "speech/en_jfk.mp3", "speech/encodings/jfk_opus.ogg",
            "speech/encodings/jfk_vorbis.ogg", "speech/encodings/jfk_vbr_44k.mp3",
            "video/prog_8s.mp4", "video/crystal_720x480.webm",
        ])
    func `a packed format gives the same sound from any place`(path: String) throws {
        let file = SharedTestData.folder + "/" + path
        let all = try hear(file: file).samples
        for from in [0.5, 3.25, 6.125] {
            let some = try hear(file: file, part(from, from + 1)).samples
            let start = Int((from * 16_000).rounded())
            #expect(some.count == 16_000)
            // Not the first moment, where the filter has nothing before it.
            let gap = zip(some, all[start..<start + 16_000]).dropFirst(50).dropLast(50)
            let noise = gap.reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
            let power = all[start..<start + 16_000].reduce(0) { $0 + Double($1) * Double($1) }
            // A decoder that starts in the middle may round otherwise, and at 44.1 kHz a start may
            // lie between two samples: half of one is 2 % of a hiss.
            #expect(noise <= power * 0.03, "\(from): \(noise) of \(power)")
        }
    }

    @Test(
        arguments: [(-1.0, nil), (2, 1), (1, 1), (.nan, nil), (.infinity, nil), (0, .nan), (0, 0)]
            as [(Double, Double?)])
    func `an impossible range is a wrong usage`(from: Double, to: Double?) throws {
        let file = wave(bytes16([1, 2, 3]))
        let error = #expect(throws: SoundInputError.self) { try hear(file, part(from, to)) }
        #expect(error?.exitStatus == .usage)
    }

    @Test func `a start after the end is a wrong usage that tells the end`() throws {
        let file = wave(bytes16(Array(repeating: 1, count: 16_000)))
        let error = SoundInputError.startsAfterEnd(fromSeconds: 2, durationSeconds: 1)
        #expect(throws: error) { try hear(file, part(2)) }
        #expect(throws: error) { try hear(piped: file, part(2)) }
        #expect(error.what == "ends at 1 second, before the start at 2 seconds")
        #expect(error.exitStatus == .usage)
    }

    @Test func `a start beyond all measure is one after the end`() throws {
        for file in [wave(bytes16([1, 2])), try fixture("chained.ogg"), try fixture("late.mp4")] {
            for start in [1e9, 1e300] {
                let error = #expect(throws: SoundInputError.self) { try hear(file, part(start)) }
                guard case .startsAfterEnd = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
        }
    }

    private func fixture(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: Repository.fixtures + "/sound/" + name)))
    }
}
