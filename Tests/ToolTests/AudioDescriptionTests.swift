import Foundation
import TestKit
import Testing

/// A film with somebody who speaks from 5.5 s on, described aloud.
@Suite struct AudioDescriptionTests {
    private let scenes = films + "/scenes.mp4"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func objects(_ name: String) throws -> [[String: Any]] {
        try folder.text(name).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    private func ask(_ command: String, _ arguments: [String]) throws -> String {
        try ToolRun.run("/usr/bin/" + command, arguments, folder: folder.path).text
    }

    @Test func `descriptions are spoken in gaps, and the report tells where`() throws {
        let run = try captionFilm(
            ["--describe-audio", "said.wav", "--narration-report", "report.jsonl", scenes],
            folder: folder.path)
        #expect(run.status == 0, "\(run)")
        #expect(run.errors.hasSuffix("4 descriptions are spoken\n"), "\(run)")
        let report = try objects("report.jsonl")
        #expect(
            report.compactMap { $0["outcome"] as? String } == [
                "placed", "moved", "placed", "placed",
            ])
        #expect(
            report.compactMap { $0["text"] as? String }.last == "Text reads: PLEASE RING THE BELL.")
        for cue in report {
            let gap = try #require(cue["gap"] as? [Double])
            let start = try #require(cue["spokenAt"] as? Double)
            let end = start + (try #require(cue["spokenSeconds"] as? Double))
            #expect(start >= gap[0] && end <= gap[1], "\(cue)")
            // Somebody speaks from 5.5 s to 8.3 s.
            #expect(end < 5.6 || start > 8.2, "\(cue)")
        }
        let sound = try ask(
            "ffprobe", ["-v", "error", "-show_entries", "stream=channels,duration", "said.wav"])
        #expect(sound.contains("channels=1") && sound.contains("duration=17.0"), "\(sound)")
    }

    @Test func `the film gets one more track that is tagged, and keeps its own as they are`() throws
    {
        let run = try captionFilm(["--describe-audio", "said.mp4", scenes], folder: folder.path)
        #expect(run.status == 0, "\(run)")
        func pictures(_ path: String) throws -> String {
            try ask(
                "ffmpeg",
                ["-v", "error", "-i", path, "-map", "0:v", "-c", "copy", "-f", "md5", "-"])
        }
        #expect(try pictures("said.mp4") == pictures(scenes))
        let tags = try ask(
            "ffprobe",
            [
                "-v", "error", "-select_streams", "a:1", "-show_entries",
                "stream=codec_name:stream_disposition=visual_impaired,default:stream_tags=language,handler_name",
                "said.mp4",
            ])
        for tag in ["aac", "visual_impaired=1", "default=0", "language=eng", "Audio description"] {
            #expect(tags.contains(tag), "\(tags)")
        }
    }

    @Test(arguments: ["flac", "m4a", "mkv"])
    func `other kinds of tracks are what their names say`(ending: String) throws {
        let run = try captionFilm(
            ["--no-text", "--describe-audio", "said." + ending, scenes], folder: folder.path)
        #expect(run.status == 0, "\(run)")
        let streams = try ask(
            "ffprobe", ["-v", "error", "-show_entries", "stream=codec_name", "said." + ending])
        #expect(streams.contains(ending == "flac" ? "flac" : "aac"), "\(streams)")
        #expect(streams.contains("h264") == (ending == "mkv"), "\(streams)")
    }

    @Test func `sound for six speakers stays that, and the voice is in the centre`() throws {
        _ = try ask(
            "ffmpeg",
            [
                "-v", "error", "-i", scenes, "-filter:a", "pan=5.1|FL=c0|FR=c0|FC=0*c0|LFE=0*c0",
                "-c:v",
                "copy", "-c:a", "aac", "six.mkv",
            ])
        for ending in ["wav", "flac", "m4a", "mkv"] {
            let run = try captionFilm(
                ["--describe-audio", "said." + ending, "six.mkv"], folder: folder.path)
            #expect(run.status == 0, "\(run)")
            let layouts = try ask(
                "ffprobe",
                [
                    "-v", "error", "-show_entries", "stream=channel_layout", "-of", "csv=p=0",
                    "said." + ending,
                ])
            let last = layouts.split(separator: "\n").last { $0.contains("5.1") }
            #expect(last != nil && !layouts.contains("stereo"), "\(ending): \(layouts)")
        }
        func loudness(_ channel: String) throws -> Double {
            let run = try ToolRun.run(
                "/usr/bin/ffmpeg",
                [
                    "-i", "said.wav", "-af", "pan=mono|c0=\(channel),atrim=1:2,volumedetect", "-f",
                    "null",
                    "-",
                ], folder: folder.path)
            let words = run.errors.split(separator: " ")
            let at = try #require(words.firstIndex(of: "mean_volume:"))
            return try #require(Double(words[at + 1]))
        }
        // "A butterfly." at 1 s, where the film only hums.
        #expect(try loudness("FC") > -40)
        #expect(try loudness("FC") > loudness("FL") + 6)
    }

    @Test func `a voice of one's own speaks, and one that is missing is named`() throws {
        let own = try captionFilm(
            ["--describe-audio", "said.wav", "--voice", "describer", scenes], folder: folder.path)
        #expect(own.status == 0, "\(own)")
        let missing = try captionFilm(
            ["--describe-audio", "none.wav", "--voice", "nobody", scenes], folder: folder.path)
        #expect(missing.status != 0 && missing.errors.contains("nobody"), "\(missing)")
        #expect(try !folder.names.contains("none.wav"))
    }

    @Test func `what fits in no gap becomes a plan of pauses`() throws {
        // All of the film but its first second is filled with speech.
        try folder.write("voice.wav", wave(try voice([0...17], seconds: 17)))
        _ = try ask(
            "ffmpeg",
            [
                "-v", "error", "-i", scenes, "-i", "voice.wav", "-map", "0:v", "-map", "1:a",
                "-c:v", "copy", "-c:a", "flac", "full.mkv",
            ])
        let run = try captionFilm(
            ["--extended", "pauses.jsonl", "--narration-report", "report.jsonl", "full.mkv"],
            folder: folder.path)
        #expect(run.status == 0, "\(run)")
        let pauses = try objects("pauses.jsonl")
        let dropped = try objects("report.jsonl").filter { $0["outcome"] as? String == "dropped" }
        #expect(!pauses.isEmpty && pauses.count == dropped.count, "\(run)")
        for pause in pauses {
            #expect(try #require(pause["pauseSeconds"] as? Double) > 0.5)
            #expect(dropped.contains { $0["start"] as? Double == pause["pauseAt"] as? Double })
        }
    }
}
