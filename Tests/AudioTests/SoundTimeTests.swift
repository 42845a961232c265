import Audio
import Foundation
import TestKit
import Testing

/// Films that were joined without encoding them again.
@Suite struct JoinedSoundTests {
    @Test func `sound that overlaps where films are joined does not run late`() throws {
        let folder = try TemporaryFolder()
        let scenes = Repository.fixtures + "/films/scenes.mp4"
        let list = try folder.write(
            "list", String(repeating: "file '\(scenes)'\n", count: 12))
        let film = folder.path + "/joined.mp4"
        let run = try ToolRun.run(
            "/usr/bin/ffmpeg",
            ["-v", "error", "-f", "concat", "-safe", "0", "-i", list, "-c", "copy", film])
        #expect(run.status == 0, "\(run)")
        let length = try ToolRun.run(
            "/usr/bin/ffprobe",
            ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", film]
        ).text.split(separator: "\n").first.flatMap { Double($0) }
        let heard = Double(try hear(file: film).samples.count) / 16_000
        #expect(abs(heard - (try #require(length))) < 0.1, "\(heard) s of \(length ?? 0)")
    }
}

/// The same speech in every encoding, at the same time.
@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct SoundTimeTests {
    /// By how many samples `other` comes later than `reference`, at most 1000, and how alike the two
    /// are then: 1 for the same wave.
    private func lag(_ other: [Float], _ reference: [Float]) -> (samples: Int, likeness: Double) {
        let start = 60_000
        let count = 16_000
        func product(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
            zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        }
        let piece = reference[start..<start + count]
        let best = (-1000...1000).map { shift in
            let moved = other[start + shift..<start + shift + count]
            let strength = (product(piece, piece) * product(moved, moved)).squareRoot()
            return (samples: shift, likeness: product(piece, moved) / strength)
        }
        return best.max { $0.likeness < $1.likeness } ?? (0, 0)
    }

    @Test(arguments: [
        "encodings/jfk_16k.flac", "encodings/jfk_alaw_8k.wav", "encodings/jfk_cbr64.mp3",
        "encodings/jfk_f32_16k.wav", "encodings/jfk_flac.oga", "encodings/jfk_ima_adpcm.wav",
        "encodings/jfk_mulaw_8k.wav", "encodings/jfk_opus.ogg", "encodings/jfk_u8_11k.wav",
        "encodings/jfk_vbr_44k.mp3", "encodings/jfk_vorbis.ogg", "en_jfk.flac", "en_jfk.mp3",
        "en_jfk_44k.m4a", "../video/cuts_flower_bottle_rabbit_car.mp4",
    ])
    func `words stand at the same time whatever the encoding`(path: String) throws {
        let reference = try hear(file: SharedTestData.folder + "/speech/en_jfk_16k.wav").samples
        let file = SharedTestData.folder + "/speech/" + path
        let piped = try hear(piped: SharedTestData.bytes("speech/" + path)).samples
        for heard in [try hear(file: file).samples, piped] {
            let (samples, likeness) = lag(heard, reference)
            // Lossy encoders may move a wave by a little; none here does by more than 2.5 ms.
            #expect(abs(samples) <= 40, "late by \(samples) samples")
            #expect(likeness > 0.95, "\(likeness)")
        }
    }
}
