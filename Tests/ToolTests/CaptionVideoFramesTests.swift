import Foundation
import TestKit
import Testing

let films = Repository.fixtures + "/films"

/// Runs `caption-video-frames` with the model that comes with the tools.
func captionFilm(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    folder: String? = nil
) throws -> ToolRun.Result {
    try ToolRun.run(
        "caption-video-frames", arguments, input: input,
        environment: withoutModels.merging(["CURBCUT_STARTER_MODELS": starterModels]) { $1 }
            .merging(environment) { $1 }, folder: folder)
}

/// A film of drawings, of which it is known what they show.
@Suite struct CaptionVideoFramesTests {
    private let scenes = films + "/scenes.mp4"
    private let told = """
        00:00:01  A butterfly.
        00:00:05  A duck to the left of a yellow ring.
        00:00:10  A maple leaf on a checked ground.
        00:00:14  Text: PLEASE RING THE BELL

        """
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a film is told scene by scene`() throws {
        let run = try captionFilm([scenes])
        #expect(run.status == 0 && run.text == told, "\(run)")
        #expect(
            run.errors.hasPrefix(
                "caption-video-frames: described by starter-scenes, which knows "), "\(run)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run)")
    }

    @Test func `the film may come through a pipe`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scenes)))
        let run = try captionFilm(["-"], input: bytes)
        #expect(run.status == 0 && run.text == told, "\(run)")
    }

    @Test func `pictures one behind the other are a film`() throws {
        let bytes = try ["sign.png", "scene.png"].flatMap { name in
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: pictures + "/" + name)))
        }
        let run = try captionFilm(["--picture-rate", "0.5", "-"], input: bytes)
        #expect(run.status == 0, "\(run)")
        #expect(
            run.text == """
                00:00:00  A rectangular blue sign with a word.
                00:00:00  Text: Ferry to the island
                00:00:00  Text: Pier 2, every hour
                00:00:02  A horse to the left of a bell on a striped ground.

                """, "\(run)")
    }

    @Test func `only a part is told, and only so many frames`() throws {
        let part = try captionFilm(["--from", "0:06", "--to", "12", "--no-text", scenes])
        #expect(
            part.text == """
                00:00:06  A duck to the left of a yellow ring.
                00:00:10  A maple leaf on a checked ground.

                """, "\(part)")
        let few = try captionFilm(["--max-frames", "1", scenes])
        #expect(few.text == "00:00:01  A butterfly.\n", "\(few)")
    }

    @Test(arguments: [["--every", "1"], ["--keyframes"], ["--longest-gap", "1"]])
    func `what does not change is said once, however often it is looked at`(
        arguments: [String]
    ) throws {
        let run = try captionFilm(arguments + [scenes])
        #expect(run.status == 0, "\(run)")
        let lines = run.text.split(separator: "\n").map { $0.dropFirst(10) }
        #expect(lines == told.split(separator: "\n").map { $0.dropFirst(10) }, "\(run)")
    }

    @Test func `without a captioner the words and the scenes are told, and that is said`() throws {
        let run = try captionFilm([scenes], environment: ["CURBCUT_STARTER_MODELS": ""])
        #expect(run.status == 0, "\(run)")
        #expect(
            run.text == """
                00:00:01  Scene 1.
                00:00:05  Scene 2.
                00:00:10  Scene 3.
                00:00:14  Text: PLEASE RING THE BELL

                """, "\(run)")
        #expect(
            run.errors.hasPrefix(
                "caption-video-frames: no captioning model is installed, so only "),
            "\(run)")
    }

    @Test func `what cannot be told is said once`() throws {
        let run = try captionFilm(
            ["--no-text", scenes, scenes], environment: ["CURBCUT_STARTER_MODELS": ""])
        #expect(run.status == 0 && run.text.contains("00:00:14  Scene 4.\n"), "\(run)")
        #expect(run.errors.contains("only the times of scenes are told"), "\(run)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run)")
    }

    @Test func `words that appear within a scene are read then, and once`() throws {
        let made = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-i", scenes, "-i", scenes, "-filter_complex",
                "[0]trim=5.2:9.9,tpad=stop=-1:stop_mode=clone,setpts=PTS-STARTPTS[a];"
                    + "[1]trim=14.5:14.6,setpts=PTS-STARTPTS,crop=420:40:30:155[w];"
                    + "[a][w]overlay=30:300:enable='between(t,2.5,9)'", "-an", "-c:v", "libx264",
                "-t",
                "12", "words.mp4",
            ], folder: folder.path)
        #expect(made.status == 0, "\(made)")
        let run = try captionFilm(["words.mp4"], folder: folder.path)
        #expect(
            run.text == """
                00:00:00  A duck to the left of a yellow ring.
                00:00:02  Text: PLEASE RING THE BELL

                """, "\(run)")
        let silent = try captionFilm(["--no-text", "words.mp4"], folder: folder.path)
        #expect(silent.text == "00:00:00  A duck to the left of a yellow ring.\n", "\(silent)")
    }

    @Test func `words that fade in are told once, as they are when they are there`() throws {
        let made = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-i", scenes, "-i", scenes, "-filter_complex",
                "[0]trim=5.2:9.9,tpad=stop=-1:stop_mode=clone,setpts=PTS-STARTPTS[a];"
                    + "[1]trim=14.5:14.6,setpts=PTS-STARTPTS,crop=420:40:30:155,format=yuva420p,"
                    + "loop=-1:1,setpts=N/25/TB,fade=in:st=2:d=4:alpha=1[w];"
                    + "[a][w]overlay=30:300:shortest=0", "-an", "-c:v", "libx264", "-t", "10",
                "fade.mp4",
            ], folder: folder.path)
        #expect(made.status == 0, "\(made)")
        for format in ["text", "jsonl"] {
            let run = try captionFilm(["--format", format, "fade.mp4"], folder: folder.path)
            #expect(run.text.split(separator: "RING THE BELL").count == 2, "\(run)")
            #expect(run.text.contains("PLEASE RING THE BELL"), "\(run)")
            #expect(run.text.split(separator: "\n").count <= 2, "\(run)")
        }
    }

    @Test func `a track of descriptions is WebVTT that can be read again`() throws {
        let run = try captionFilm(["--format", "vtt", scenes, "-o", folder.path + "/film.vtt"])
        #expect(run.status == 0, "\(run)")
        let track = try folder.text("film.vtt")
        #expect(track.hasPrefix("WEBVTT\n\nNOTE\nkind=descriptions."))
        #expect(
            track.contains("00:00:05.000 --> 00:00:08.675\nA duck to the left of a yellow ring.\n"))
        let lint = try ToolRun.run("transcribe", ["--lint", folder.path + "/film.vtt"])
        #expect(lint.status == 0, "\(lint)")
    }

    @Test(arguments: ["json", "jsonl"])
    func `JSON is JSON, with times and sureness`(format: String) throws {
        let run = try captionFilm(["--format", format, scenes])
        let lines = run.text.split(separator: "\n")
        #expect(lines.count == (format == "json" ? 1 : 4), "\(run)")
        let objects = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let moments =
            format == "json"
            ? try #require(objects[0]["moments"] as? [[String: Any]]) : objects
        #expect(moments.compactMap { $0["start"] as? Double } == [1, 5, 10, 14])
        #expect(moments.compactMap { $0["end"] as? Double } == [5, 10, 14, 17])
        #expect(moments[1]["caption"] as? String == "A duck to the left of a yellow ring.")
        #expect(try #require(moments[1]["confidence"] as? Double) > 0.9)
        #expect(moments[3]["text"] as? [String] == ["PLEASE RING THE BELL"])
    }

    @Test func `rows and subtitles hold the same words`() throws {
        let rows = try captionFilm(["--format", "tsv", scenes])
        #expect(rows.text.hasPrefix("start\tend\tcaption\ttext\n1000\t5000\tA butterfly.\t\n"))
        let subtitles = try captionFilm(["--format", "srt", scenes])
        #expect(subtitles.text.hasPrefix("1\n00:00:01,000 --> 00:00:02,050\nA butterfly.\n\n2\n"))
    }

    @Test func `frames are saved, chapters written, and a summary picks`() throws {
        let run = try captionFilm(
            [
                "--frames", "frames", "--chapters", "film.vtt", "--summary", "2", "--format",
                "jsonl",
                scenes,
            ], folder: folder.path)
        #expect(run.status == 0, "\(run)")
        #expect(run.text.split(separator: "\n").count == 2, "\(run)")
        #expect(run.text.contains("A duck"), "\(run)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/frames").sorted()
                .map { $0.prefix(8) } == ["00-00-01", "00-00-05", "00-00-10", "00-00-14"])
        let saved = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/frames").sorted()
                .first)
        let again = try describe(
            ["--brief", folder.path + "/frames/" + saved],
            environment: ["CURBCUT_STARTER_MODELS": starterModels])
        #expect(again.text == "A butterfly.\n", "\(again)")
        #expect(
            try folder.text("film.vtt").contains(
                "00:00:05.000 --> 00:00:10.000\nA duck to the left of a yellow ring\n"))
    }

    @Test func `FFmpeg reads the chapters`() throws {
        _ = try captionFilm(["--chapters", "film.txt", scenes], folder: folder.path)
        let run = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-i", scenes, "-i", "film.txt", "-map_metadata", "1", "-codec",
                "copy", "out.mp4",
            ], folder: folder.path)
        #expect(run.status == 0, "\(run)")
        let probe = try ToolRun.run(
            "/usr/bin/ffprobe", ["-v", "error", "-show_chapters", "out.mp4"], folder: folder.path)
        #expect(probe.text.contains("title=A duck to the left of a yellow ring"), "\(probe)")
    }

    @Test func `several films each have their name before the line, or a file of their own`() throws
    {
        let run = try captionFilm(
            [scenes, "nowhere.mp4", films + "/bars.mp4"], folder: folder.path)
        #expect(run.status == 66, "\(run)")
        #expect(run.text.hasPrefix("\(scenes): 00:00:01  A butterfly.\n"), "\(run)")
        #expect(run.text.contains("\(films)/bars.mp4: 00:00:00  "), "\(run)")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/told", withIntermediateDirectories: true)
        let files = try captionFilm(
            ["--format", "vtt", "-O", "told", scenes, films + "/bars.mp4"], folder: folder.path)
        #expect(files.status == 0 && files.output.isEmpty, "\(files)")
        #expect(try folder.text("told/scenes.vtt").hasPrefix("WEBVTT\n"))
        #expect(try folder.text("told/bars.vtt").hasPrefix("WEBVTT\n"))
    }

    @Test func `a run that was stopped goes on where it was`() throws {
        let journal = folder.path + "/done.jsonl"
        let options = ["--resume", journal, scenes]
        let whole = try captionFilm(options)
        #expect(whole.text == told, "\(whole)")
        // As if it had been killed while it wrote the third moment.
        let lines = try folder.text("done.jsonl").split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6, "a head, four moments, and the end of the last line")
        try folder.write(
            "done.jsonl", lines[..<3].joined(separator: "\n") + "\n" + lines[3].prefix(20))
        let rest = try captionFilm(options)
        #expect(rest.status == 0 && rest.text == told, "\(rest)")
        let done = try captionFilm(options)
        #expect(done.status == 0 && done.text == told, "\(done)")
        #expect(done.errors.isEmpty, "nothing was left to describe: \(done)")
        let other = try captionFilm(["--no-text"] + options)
        #expect(other.status == 65 && other.errors.contains("other options"), "\(other)")
    }
}
