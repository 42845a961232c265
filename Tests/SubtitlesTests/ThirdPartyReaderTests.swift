import Foundation
import Signals
import Subtitles
import TestKit
import Testing

/// FFmpeg reads what we write: times by `ffprobe`, text by `ffmpeg`.
@Suite(.enabled(if: FFmpeg.isPresent, FFmpeg.absence)) struct ThirdPartyReaderTests {
    @Test(arguments: [SubtitleFormat.srt, .vtt])
    func `FFmpeg finds every cue at its time`(format: SubtitleFormat) throws {
        let cues = Speech.shaped(FFmpeg.speech).cues
        let folder = try TemporaryFolder()
        let path = try folder.write("a." + format.rawValue, written(cues, format))
        let run = try ToolRun.run(
            FFmpeg.path("ffprobe") ?? "",
            [
                "-v", "error", "-show_entries", "packet=pts_time,duration_time", "-of", "csv=p=0",
                path,
            ])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let times = run.text.split(separator: "\n").map { line in
            line.split(separator: ",").compactMap { Double($0) }.map(milliseconds)
        }
        #expect(
            times
                == cues.map {
                    [milliseconds($0.range.startSeconds), milliseconds($0.range.durationSeconds)]
                }, "\(run)")
    }

    @Test(arguments: [SubtitleFormat.srt, .vtt])
    func `FFmpeg finds the text of every cue`(format: SubtitleFormat) throws {
        let cues = Speech.shaped(FFmpeg.speech).cues
        let folder = try TemporaryFolder()
        let path = try folder.write("a." + format.rawValue, written(cues, format))
        let run = try ToolRun.run(
            FFmpeg.path("ffmpeg") ?? "",
            ["-v", "error", "-nostdin", "-i", path, "-f", "webvtt", "-"])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(try readSubtitles(run.output).cues.map(\.cue.lines) == cues.map(\.lines), "\(run)")
    }
}

private enum FFmpeg {
    static let isPresent = path("ffprobe") != nil && path("ffmpeg") != nil
    static let absence: Comment = "FFmpeg is not installed: apt-get install ffmpeg"

    static func path(_ name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { $0 + "/" + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static let speech = [
        Speech.segment(
            "It cost 5 & more, she said: \"No!\" and then we all went home to see the others."),
        Speech.segment("Grüße aus München, wo es schön ist.", start: 9, language: "de"),
        SpokenSegment(
            text: "吾輩は猫である。名前はまだ無い。", range: TimeRange(startSeconds: 14, endSeconds: 18),
            language: "ja"),
    ]
}
