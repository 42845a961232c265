import Signals
import TestKit
import Testing
import Video

/// Containers and encodings, made by FFmpeg of one film: a butterfly from 1 s on, a duck from 5 s on.
@Suite struct FilmKindTests {
    private let folder: TemporaryFolder
    private let scenes = films + "/scenes.mp4"

    init() throws { folder = try TemporaryFolder() }

    /// Seven seconds of the film, without its sound unless that is asked for.
    private func film(_ name: String, _ options: [String], sound: [String] = ["-an"]) throws
        -> String
    {
        try makeFilm(["-t", "7", "-i", scenes] + sound + options, named: name, in: folder)
    }

    /// The mean difference of channels of pixels, of 255; nil for other sizes.
    private func gap(_ a: Image, _ b: Image) -> Double? {
        guard a.width == b.width, a.height == b.height else { return nil }
        let sum = zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(a.pixels.count)
    }

    @Test(arguments: [
        ("film.ts", ["-c", "copy"]), ("film.m2ts", ["-c", "copy", "-mpegts_m2ts_mode", "1"]),
        ("mpeg2.ts", ["-c:v", "mpeg2video", "-q:v", "2", "-r", "25"]),
        ("mpeg2.mpg", ["-c:v", "mpeg2video", "-q:v", "2", "-r", "25"]),
        ("film.avi", ["-c:v", "mpeg4", "-q:v", "2"]), ("film.mkv", ["-c", "copy"]),
        ("film.webm", ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"]),
        ("film.flv", ["-c", "copy"]), ("film.mov", ["-c:v", "prores"]),
        ("lossless.mkv", ["-c:v", "ffv1"]), ("red-green-blue.mkv", ["-c:v", "libx264rgb"]),
        ("animation.gif", []), ("animation.png", ["-f", "apng"]), ("film.h264", ["-c", "copy"]),
        ("ten-bits.mp4", ["-c:v", "libx265", "-pix_fmt", "yuv420p10le"]),
        ("ten-bits.mkv", ["-c:v", "libx264", "-pix_fmt", "yuv422p10le"]),
        ("fragments.mp4", ["-c", "copy", "-movflags", "frag_keyframe+empty_moov"]),
        ("open-gop.ts", ["-c:v", "libx264", "-bf", "3", "-x264-params", "open-gop=1:keyint=15"]),
        ("late.mkv", ["-c", "copy", "-output_ts_offset", "100"]),
        ("late.ts", ["-c", "copy", "-output_ts_offset", "3600"]),
    ])
    func `a film is the same in every kind of file`(name: String, options: [String]) throws {
        var start = FilmRange()
        start.toSeconds = 7
        let original = try look(at: scenes, range: start)
        let seen = try look(at: film(name, options))
        #expect(seen.report.damage == nil, "\(seen.report)")
        // An AVI file counts frames, and FFmpeg leaves one out before the first.
        let times = seen.frames.map(\.startSeconds)
        #expect(times.count == 2, "\(seen.report)")
        for (found, known) in zip(times, [1.0, 5]) {
            #expect(abs(found - known) < 0.11, "\(times)")
        }
        // Streams that are copied end at a packet.
        #expect(abs(seen.report.endSeconds - 7) < 1.1, "\(seen.report)")
        for (frame, known) in zip(seen.frames, original.frames) {
            let found = try #require(gap(frame.image, known.image))
            // A GIF has 256 colours, which FFmpeg spreads over all there are.
            #expect(found < (name.hasSuffix(".gif") ? 20 : 4), "\(found)")
        }
    }

    @Test func `times count from where the file begins, also where that is its sound`() throws {
        let seen = try look(
            at: film(
                "late.ts", ["-c:v", "copy", "-output_ts_offset", "90"], sound: ["-c:a", "copy"]))
        // The sound begins 64 ms before the picture: the encoder's start.
        let times = seen.frames.map(\.startSeconds)
        #expect(zip(times, [1.064, 5.064]).allSatisfy { abs($0 - $1) < 0.01 }, "\(times)")
    }

    @Test func `frames that are missing do not move those that are there`() throws {
        let path = try film(
            "few.mp4",
            ["-vf", "select='not(mod(n,3))+lt(t,3)'", "-vsync", "vfr", "-c:v", "libx264"])
        let seen = try look(at: path)
        #expect(seen.frames.map(\.startSeconds) == [1, 5.1], "\(seen.report)")
    }

    @Test func `what an edit list leaves out is not seen`() throws {
        let path = try makeFilm(
            ["-ss", "3.3", "-i", scenes, "-t", "4", "-an", "-c", "copy"], named: "cut.mp4",
            in: folder)
        let seen = try look(at: path)
        let times = seen.frames.map(\.startSeconds)
        #expect(zip(times, [0, 1.7]).allSatisfy { abs($0 - $1) < 0.06 }, "\(times)")
    }

    @Test(arguments: ["mjpeg", "png", "ppm"])
    func `pictures of every kind make a film, one behind the other`(kind: String) throws {
        let path = try film(
            "pictures", ["-vsync", "passthrough", "-c:v", kind, "-q:v", "2", "-f", "image2pipe"])
        var options = FilmOptions()
        options.picturesPerSecond = 10
        let seen = try look(at: path, options: options)
        #expect(seen.report.decodedFrames == 70, "\(seen.report)")
        #expect(seen.frames.map(\.startSeconds) == [1, 5], "\(seen.report)")
    }
}
