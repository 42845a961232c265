import Audio
import Foundation
import Glibc
import Signals
import TestKit
import Testing

/// What only FFmpeg reads, and what it must not read.
@Suite struct MediaInputTests {
    private let fixtures = Repository.fixtures + "/sound/"

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixtures + name)))
    }

    /// Where in a recording of silence and a tone the tone starts, in seconds.
    private func start(_ samples: [Float]) -> Double {
        Double(samples.firstIndex { abs($0) > 0.02 } ?? 0) / 16_000
    }

    @Test(arguments: ["late.mkv", "late.mp4"])
    func `sound that starts late in a film stays late`(name: String) throws {
        for heard in [try hear(file: fixtures + name), try hear(piped: bytes(name))] {
            // Matroska and this MP4 know their times to a millisecond.
            #expect(abs(start(heard.samples) - 0.5) < 0.003)
            #expect(abs(Double(heard.samples.count) / 16_000 - 1.5) < 0.03)
            #expect(heard.damage == nil)
        }
    }

    @Test func `a stream that changes its rate goes on as the same sound`() throws {
        for heard in [
            try hear(file: fixtures + "chained.ogg"), try hear(piped: bytes("chained.ogg")),
        ] {
            #expect(abs(Double(heard.samples.count) / 16_000 - 2) < 0.06)
            let crossings = zip(heard.samples, heard.samples.dropFirst()).count {
                $0 < 0 && $1 >= 0
            }
            #expect(abs(crossings - 880) < 30)
        }
    }

    @Test func `a film whose index comes last can come through a pipe`() throws {
        // FFmpeg writes the index last unless asked otherwise.
        let film = try bytes("late.mp4")
        let index = try #require(film.firstRange(of: Array("moov".utf8))?.lowerBound)
        let data = try #require(film.firstRange(of: Array("mdat".utf8))?.lowerBound)
        #expect(index > data)
        #expect(try hear(piped: film).samples == hear(film).samples)
    }

    @Test(arguments: [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nfile:PATH\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile PATH\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"></MPD>",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        "[playlist]\nFile1=PATH\n", "PATH\n",
    ])
    func `a list that names other files or addresses opens none of them`(list: String) throws {
        let text = list.replacing("PATH", with: fixtures + "late.mkv")
        #expect(soundError(Array(text.utf8)) == .text)
        // And where it does not look like a text at first.
        #expect(soundError(Array(text.utf8) + [0, 1, 2]) == .unknownFormat)
        #expect(throws: SoundInputError.text) { try hear(piped: Array(text.utf8)) }
    }

    @Test func `an MP4 film that says its sound lies in another file opens none`() throws {
        // The reference to its own data becomes one to a file: flag 0 instead of 1.
        var film = try bytes("late.mp4")
        let own = try #require(film.firstRange(of: Array("url ".utf8) + [0, 0, 0, 1]))
        film[own.upperBound - 1] = 0
        if let error = soundError(film) { #expect(error.exitStatus == .damagedInput) }
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: ["asl_book.mkv", "bear_vp9.webm", "bottle_conveyor_640x360.mp4"])
    func `a film without sound is refused in words`(name: String) throws {
        let film = try SharedTestData.bytes("video/" + name)
        #expect(soundError(film) == .noSound)
        #expect(throws: SoundInputError.noSound) { try hear(piped: film) }
        #expect(SoundInputError.noSound.what == "holds no sound, only other tracks")
    }

    @Test func `a library that is missing is named, with the command that brings it`() {
        let error = SoundInputError.libraryMissing(library: "libavformat.so.59")
        #expect(error.exitStatus == .unavailable)
        let sentence =
            "is in no format that is read without FFmpeg, and libavformat.so.59 is not installed"
        #expect(error.what == sentence)
        #expect(error.remedy.hasPrefix("install it with: sudo apt install libavformat"))
        let other = SoundInputError.libraryMismatch(library: "libavcodec.so.59")
        #expect(other.exitStatus == .unavailable)
        #expect(other.what.contains("libavcodec.so.59"))
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `a packed stream is heard while its pipe stays open`() async {
        await #expect(processExitsWith: .success) {
            for path in ["speech/en_de_mit_licence.mp3", "speech/encodings/jfk_vorbis.ogg"] {
                let pipe = try SoundPipe()
                // Waiting for more than a pipe holds would be for ever.
                alarm(60)
                pipe.write(Array(try SharedTestData.bytes(path).prefix(60_000)))
                var reader = try SoundReader(descriptor: pipe.reading, name: "-")
                try #require(try !reader.read(upTo: 16_000)[0].isEmpty)
            }
        }
    }
}
