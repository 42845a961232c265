import Signals
import Subtitles
import ToolKit

/// The scenes of a film as chapters, titled by what is first said of each.
package enum Chapters {
    /// Writes them, as WebVTT where the name ends in `.vtt` and else as FFmpeg's metadata.
    ///
    /// - Parameters:
    ///   - moments: of one film, in order.
    ///   - path: of the file.
    /// - Throws: `OutputError`.
    package static func write(_ moments: [Moment], to path: String) throws {
        let chapters = chapters(moments)
        try withOutputFile(path) { output in
            output.write(path.lowercased().hasSuffix(".vtt") ? vtt(chapters) : metadata(chapters))
        }
    }

    struct Chapter {
        var range: TimeRange
        var title: String
    }

    /// A longer title is cut at a word.
    private static let longestTitle = 60

    static func chapters(_ moments: [Moment]) -> [Chapter] {
        var chapters: [Chapter] = []
        var scene: Int?
        for moment in moments {
            if scene == moment.scene, let last = chapters.indices.last {
                chapters[last].range.endSeconds = moment.range.endSeconds
                continue
            }
            scene = moment.scene
            chapters.append(Chapter(range: moment.range, title: title(moment)))
        }
        return chapters
    }

    private static func title(_ moment: Moment) -> String {
        var title = moment.caption ?? moment.text.first ?? "Scene \(moment.scene)"
        if title.hasSuffix(".") { title.removeLast() }
        guard title.count > longestTitle else { return title }
        let kept = title.prefix(longestTitle - 1)
        return (kept.lastIndex(of: " ").map { kept[..<$0] } ?? kept) + "…"
    }

    private static func vtt(_ chapters: [Chapter]) -> String {
        var writer = SubtitleWriter(.vtt)
        return writer.head
            + chapters.map { writer.text(of: Cue(range: $0.range, lines: [$0.title])) }.joined()
    }

    /// Source: FFmpeg, "ffmpeg-formats", section "Metadata".
    private static func metadata(_ chapters: [Chapter]) -> String {
        func escaped(_ text: String) -> String {
            text.map { "=;#\\\n".contains($0) ? "\\\($0)" : String($0) }.joined()
        }
        func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
        return ";FFMETADATA1\n"
            + chapters.map { chapter in
                """
                [CHAPTER]
                TIMEBASE=1/1000
                START=\(milliseconds(chapter.range.startSeconds))
                END=\(milliseconds(chapter.range.endSeconds))
                title=\(escaped(chapter.title))

                """
            }.joined()
    }
}
