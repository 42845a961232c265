import Filming
import Signals
import TestKit
import Testing
import Video

/// What is worth saying.
@Suite struct SayingTests {
    private func moment(
        _ start: Double, _ end: Double, scene: Int = 1, _ caption: String? = nil,
        text: [String] = []
    ) -> Moment {
        Moment(
            range: TimeRange(startSeconds: start, endSeconds: end), frameSeconds: start,
            scene: scene, caption: caption, text: text)
    }

    @Test func `a moment says its caption, its words, or that a scene begins`() {
        #expect(moment(0, 1, "A dog runs.", text: ["STOP"]).lines == ["A dog runs.", "Text: STOP"])
        #expect(moment(0, 1, scene: 3).lines == ["Scene 3."])
    }

    @Test func `a summary takes what lasts and differs`() {
        let moments = [
            moment(0, 2, "A dog runs on grass."), moment(2, 30, "A dog runs on the grass."),
            moment(30, 31), moment(31, 50, "Two people sit in a boat."),
        ]
        let found = mostTelling(moments, count: 2)
        #expect(found.map(\.range.startSeconds) == [2, 31])
        #expect(mostTelling(moments, count: 9).count == 4)
        #expect(mostTelling([], count: 2).isEmpty)
    }

    @Test func `chapters are the scenes, in both kinds of files`() throws {
        let folder = try TemporaryFolder()
        let moments = [
            moment(0, 4, scene: 1, "A dog runs; it is #1."),
            moment(4, 9, scene: 1, "A dog sleeps."), moment(9, 12, scene: 2),
        ]
        try Chapters.write(moments, to: folder.path + "/film.vtt")
        #expect(
            try folder.text("film.vtt") == """
                WEBVTT

                00:00:00.000 --> 00:00:09.000
                A dog runs; it is #1

                00:00:09.000 --> 00:00:12.000
                Scene 2


                """)
        try Chapters.write(moments, to: folder.path + "/film.ffmetadata")
        #expect(
            try folder.text("film.ffmetadata") == """
                ;FFMETADATA1
                [CHAPTER]
                TIMEBASE=1/1000
                START=0
                END=9000
                title=A dog runs\\; it is \\#1
                [CHAPTER]
                TIMEBASE=1/1000
                START=9000
                END=12000
                title=Scene 2

                """)
    }

    @Test func `a track of descriptions says that a machine wrote it`() {
        var writer = MomentWriter(.vtt, input: "film.mp4", label: nil)
        #expect(writer.head.hasPrefix("WEBVTT\n\nNOTE\nkind=descriptions."))
        let cue = writer.end(moment(2, 60, "A <red> ball & a box."))
        #expect(
            cue.hasPrefix("00:00:02.000 --> 00:00:04.")
                && cue.contains("A &lt;red&gt; ball &amp; a box."))
    }

    @Test func `rows and lines hold no line end but their own`() {
        var rows = MomentWriter(.tsv, input: "film.mp4", label: nil)
        let odd = moment(1.5, 2, "One\ttwo\nthree.", text: ["a\u{1B}[31m"])
        #expect(rows.end(odd) == "1500\t2000\tOne two three.\ta [31m\n")
        let lines = MomentWriter(.text, input: "film.mp4", label: "film.mp4")
        #expect(lines.begin(moment(3725, 3726, "A dog.")) == "film.mp4: 01:02:05  A dog.\n")
        // Three times 0.33333, as the unit of some containers has it.
        #expect(lines.begin(moment(0.99999, 2, "A dog.")) == "film.mp4: 00:00:01  A dog.\n")
    }

    @Test func `a page gives each frame its words, and no markup of others`() {
        var page = MomentWriter(.html, input: "home/<film>.mp4", label: nil)
        #expect(page.head.contains("<h1>&lt;film&gt;.mp4, described</h1>"))
        let section = page.end(
            moment(65, 70, "A \"sign\" <b>.", text: ["R & D"]), picture: [0xFF, 0xD8, 0xFF])
        #expect(section.contains("<h2>00:01:05</h2>"))
        #expect(
            section.contains("data:image/jpeg;base64,/9j/\" alt=\"A &quot;sign&quot; &lt;b&gt;.\""))
        #expect(section.contains("<q>R &amp; D</q>"))
    }
}
