import Foundation
import TestKit
import Testing

/// What is no film, and what is one only in part.
@Suite struct CaptionVideoFramesFailureTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func expectOneSentence(_ run: ToolRun.Result, status: Int32) {
        ToolTests.expectOneSentence(run, of: "caption-video-frames", status: status)
    }

    @Test(arguments: [
        ("/dev/null", Int32(65)), ("/", 66), ("/no/such/film.mp4", 66), ("/etc/passwd", 65),
    ])
    func `what is no film is named in one sentence`(path: String, status: Int32) throws {
        expectOneSentence(try captionFilm([path]), status: status)
    }

    @Test(arguments: [
        ["--every", "0"], ["--every", "-3"], ["--every", "1", "--keyframes"],
        ["--scenes", "--every", "1"], ["--from", "5", "--to", "2"], ["--from", "-1"],
        ["--max-frames", "0"], ["--format", "doc"], ["--summary", "0"], ["--beams", "17"],
        ["--threads", "0"], ["--no-text", "--text-language", "deu"], ["--frames", ""],
        ["--picture-rate", "0"], ["--format", "vtt", "a.mp4", "b.mp4"], ["--skip-existing"],
        ["--resume", "j", "a.mp4", "b.mp4"], ["--resume", "j", "--format", "html"],
        ["--chapters", "c.vtt", "a.mp4", "b.mp4"], ["-o", "a", "-O", "b"], ["--no-such-option"],
        ["a.mp4", "--files0-from", "-"], ["--describe-audio", "film.doc"], ["--fit-limit", "9"],
        ["--describe-audio", "a.wav", "a.mp4", "b.mp4"],
    ])
    func `contradictions and nonsense are wrong usage`(arguments: [String]) throws {
        expectOneSentence(try captionFilm(arguments), status: 64)
    }

    @Test func `of a wrong value all right ones are named`() throws {
        let run = try captionFilm(["--format", "gif"])
        #expect(run.errors.contains("following: text, vtt, srt, json, jsonl, tsv, html; for help"))
    }

    @Test func `a full disk is status 74, while frames wait to be looked at`() throws {
        let run = try ToolRun.run(
            "caption-video-frames", ["--every", "0.1", films + "/scenes.mp4"],
            output: .file("/dev/full"))
        #expect(
            run.status == 74 && run.errors.contains("there is no space left to write"), "\(run)")
    }

    @Test func `a model that is not installed is named with the way to have it`() throws {
        let run = try captionFilm(["--model", "no-such-model", films + "/scenes.mp4"])
        expectOneSentence(run, status: 69)
    }

    @Test func `words to begin captions with need a captioner`() throws {
        let run = try captionFilm(
            ["--prefix", "a picture of", films + "/scenes.mp4"],
            environment: ["CURBCUT_STARTER_MODELS": ""])
        expectOneSentence(run, status: 69)
    }

    @Test func `a film of black says nothing, and that there is nothing to say`() throws {
        let made = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-f", "lavfi", "-i", "color=black:s=320x240:d=2", "-c:v", "libx264",
                "black.mp4",
            ],
            folder: folder.path)
        #expect(made.status == 0, "\(made)")
        let run = try captionFilm(["black.mp4"], folder: folder.path)
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
        #expect(run.errors.contains("black.mp4 shows only black or blank frames"), "\(run)")
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `a film that is blurred throughout says so once`() throws {
        let made = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-i",
                SharedTestData.folder + "/video/cuts_flower_bottle_rabbit_car.mp4",
                "-an", "-vf", "gblur=sigma=9", "-c:v", "libx264", "-preset", "ultrafast",
                "blurred.mp4",
            ], folder: folder.path)
        #expect(made.status == 0, "\(made)")
        let run = try captionFilm(["blurred.mp4"], folder: folder.path)
        #expect(run.status == 0, "\(run)")
        let told = run.errors.split(separator: "\n").filter { $0.contains("no sharper one near") }
        #expect(told.count == 1, "\(run)")
    }

    @Test func `an audio description of a pipe is refused before anything is described`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: films + "/scenes.mp4")))
        let run = try captionFilm(
            ["--describe-audio", folder.path + "/a.wav", "-"], input: bytes)
        expectOneSentence(run, status: 64)
        #expect(try folder.names.isEmpty)
    }

    @Test(arguments: ["--chapters", "--extended", "--narration-report", "--describe-audio"])
    func `a file that cannot be written is named before anything is described`(
        option: String
    ) throws {
        let run = try captionFilm([option, "/no/such/folder/film.wav", films + "/scenes.mp4"])
        expectOneSentence(run, status: 74)
    }

    @Test func `a film that a kind of file cannot hold is refused before it is described`() throws {
        let made = try ToolRun.run(
            "/usr/bin/ffmpeg",
            ["-v", "error", "-i", films + "/bars.mp4", "-c:v", "libvpx", "-an", "old.webm"],
            folder: folder.path)
        #expect(made.status == 0, "\(made)")
        let run = try captionFilm(
            ["--describe-audio", "said.mp4", "old.webm"], folder: folder.path)
        expectOneSentence(run, status: 64)
        #expect(run.errors.contains("vp8") && run.errors.contains(".mkv"), "\(run)")
        #expect(try folder.names == ["old.webm"])
    }

    @Test func `a playlist opens no file and no address`() throws {
        try folder.write("secret.txt", "the secret\n")
        for (name, text) in [
            ("list.m3u8", "#EXTM3U\n#EXTINF:1,\n\(folder.path)/secret.txt\n"),
            ("list.ffconcat", "ffconcat version 1.0\nfile \(films)/scenes.mp4\n"),
            (
                "list.mpd",
                "<?xml version=\"1.0\"?>\n<MPD><BaseURL>http://127.0.0.1:9/</BaseURL></MPD>"
            ),
        ] {
            let run = try captionFilm([try folder.write(name, text)])
            expectOneSentence(run, status: 65)
            #expect(run.errors.contains("playlist"), "\(run)")
        }
    }

    @Test func `a film that starts after its index was lost is refused`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: films + "/bars.mp4")))
        let mark = try #require(
            (0..<bytes.count - 4).first { bytes[$0..<$0 + 4].elementsEqual("moov".utf8) })
        let cut = try folder.write("cut.mp4", Array(bytes[..<(mark - 4)]))
        let run = try captionFilm([cut, "-o", folder.path + "/out.txt"])
        expectOneSentence(run, status: 65)
        #expect(try folder.names == ["cut.mp4"])
        let piped = try captionFilm(["-"], input: Array(bytes[..<(mark - 4)]))
        expectOneSentence(piped, status: 65)
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `a recording says which streams it holds`() throws {
        let run = try captionFilm([SharedTestData.folder + "/video/tiny_opus.mp4"])
        expectOneSentence(run, status: 65)
        #expect(run.errors.contains("holds no pictures that move, only sound (opus)"), "\(run)")
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `damage in the middle is counted, and the rest is told`() throws {
        let run = try captionFilm([SharedTestData.folder + "/hostile/mp4/rabbit_flip60.mp4"])
        #expect(run.status == 65 && run.text.hasPrefix("00:00:00  "), "\(run)")
        #expect(run.errors.contains("frames could not be decoded, and are passed over"), "\(run)")
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `every hostile film ends in bounded memory with words or a reason`() throws {
        for kind in ["mp4", "mkv", "webm", "gif", "webp", "other"] {
            for path in try SharedTestData.files(in: "hostile/" + kind) {
                // Addresses, of which threads and libraries take a part before a byte is read.
                let run = try ToolRun.run(
                    "/bin/sh",
                    [
                        "-c", "ulimit -v 4000000; exec \"$0\" --no-text --max-frames 2 \"$1\"",
                        ToolRun.buildFolder + "/caption-video-frames", path,
                    ], environment: withoutModels)
                #expect([0, 65].contains(run.status), "\(run)")
                #expect(run.status == 0 || !run.errors.isEmpty, "\(run)")
            }
        }
    }
}
