import Audio
import Foundation
import Glibc
import Signals
import TestKit
import Testing

/// Files that were made, or happened, to break readers.
@Suite struct HostileSoundTests {
    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `every file is heard or refused in a sentence, within bounds`() async {
        await #expect(processExitsWith: .success) {
            var count = 0
            for folder in [
                "speech", "speech/encodings", "speech/noise", "speech/no-transcript",
                "audio-formats/flac", "audio-formats/other", "audio-formats/speech",
                "audio-formats/wav", "hostile/wav", "hostile/flac", "hostile/mp4", "hostile/mkv",
                "hostile/webm", "hostile/other", "video",
            ] {
                for file in try SharedTestData.files(in: folder) where isPlainFile(file) {
                    // A reader that hangs ends the process; a busy machine has room.
                    alarm(60)
                    do throws(SoundInputError) {
                        try hearAll(file)
                    } catch {
                        try #require(error.exitStatus == .damagedInput, "\(file): \(error)")
                        try #require(!error.what.isEmpty && !error.remedy.isEmpty)
                    }
                    count += 1
                }
            }
            try #require(count > 200)
            try #require(try peakMegabytes() < 200)
        }
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: [
            ("wav/zero-bytes.wav", SoundInputError?.some(.empty)),
            ("other/html_named.mp4", .text), ("other/jpeg_named.png", .unknownFormat),
            ("other/random.bin.jpg", .unknownFormat), ("mp4/mp4ff_init_only.mp4", .noSound),
            ("wav/sense_rate_max.wav", .impossibleRate(4_294_967_295)), ("wav/mp3_named.wav", nil),
            ("wav/sense_size_ffffffff.wav", nil),
        ])
    func `the sentence says what is wrong`(path: String, error: SoundInputError?) throws {
        let path = path == "wav/zero-bytes.wav" ? "other/zero-bytes.wav" : path
        #expect(soundError(try SharedTestData.bytes("hostile/" + path)) == error)
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `behind damage the sound goes on, at its time`() throws {
        let whole = try hear(file: SharedTestData.folder + "/speech/en_libri_2412-153948-0000.flac")
        let damaged = try SharedTestData.bytes("hostile/flac/libri_flip20.flac")
        for heard in [try hear(damaged), try hear(piped: damaged)] {
            #expect(heard.samples.count == whole.samples.count)
            let same = zip(heard.samples, whole.samples).count { $0 == $1 }
            // 20 bits were flipped; each costs one block of 0.26 s of the 11.7 s.
            #expect(same > whole.samples.count / 2)
            guard case .brokenParts(let count) = heard.damage else {
                Issue.record("\(String(describing: heard.damage))")
                continue
            }
            #expect((1...20).contains(count))
        }
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: [
            ("hostile/flac/libri_cut60.flac", 6.4, 11.66),
            ("hostile/wav/sense_cut50.wav", 1.494, 2.99),
            ("hostile/mp4/flower_cut50.mp4", 2.048, 5.055),
            ("hostile/webm/flower_cut30.webm", 1.293, 5.059),
        ])
    func `a recording that was cut is heard to the cut, and it is told`(
        path: String, found: Double, promised: Double
    ) throws {
        let heard = try hear(SharedTestData.bytes(path))
        #expect(abs(Double(heard.samples.count) / 16_000 - found) < 0.01)
        guard case .endsEarly(let told, let end) = heard.damage else {
            Issue.record("\(String(describing: heard.damage))")
            return
        }
        #expect(abs(told - promised) < 0.01 && abs(end - found) < 0.01)
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: [
            "jfk_16k.flac", "jfk_alaw_8k.wav", "jfk_f32_16k.wav", "jfk_flac.oga",
            "jfk_ima_adpcm.wav", "jfk_opus.ogg", "jfk_vorbis.ogg", "sense_0880_24bit_96k.flac",
            "sense_0880_s24_48k_stereo.wav", "../en_jfk_44k.m4a",
        ])
    func `what stops inside a frame is heard up to there, and it is told`(path: String) throws {
        let whole = try SharedTestData.bytes("speech/encodings/" + path)
        let cut = Array(whole.prefix(whole.count * 6 / 10 + 3))
        let seconds = Double(try hear(whole).samples.count) / 16_000
        for heard in [try hear(cut), try hear(piped: cut)] {
            let found = Double(heard.samples.count) / 16_000
            #expect((0.07 * seconds..<0.65 * seconds).contains(found))
            #expect(heard.damage?.exitStatus == .damagedInput)
        }
    }

    @Test func `nothing, a text and a folder are told apart`() throws {
        #expect(soundError([]) == .empty)
        #expect(soundError(Array("This is no sound.\n".utf8)) == .text)
        #expect(throws: SoundInputError.empty) { try hear(piped: []) }
        #expect(throws: SoundInputError.cannotRead(reason: EISDIR)) { try hear(file: "/tmp") }
        #expect(SoundInputError.cannotRead(reason: EISDIR).exitStatus == .inputOutput)
    }
}

private func isPlainFile(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType)
        == .typeRegular
}

/// Reads a file to its end and forgets it.
private func hearAll(_ path: String) throws(SoundInputError) {
    let descriptor = unsafe open(path, O_RDONLY)
    defer { close(descriptor) }
    var reader = try SoundReader(descriptor: descriptor, name: path)
    while try !reader.read(upTo: 16_000)[0].isEmpty {}
    _ = reader.damage
}
