import Reading
import TestKit
import Testing
import Video

/// Words that appear on the screen while the picture stays, and pictures that are not sharp.
@Suite struct WordsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The words PLEASE RING THE BELL of the film, laid over another stretch of it for some time.
    private func film(_ ground: String, words: String) throws -> String {
        let scenes = films + "/scenes.mp4"
        return try makeFilm(
            [
                "-i", scenes, "-i", scenes, "-filter_complex",
                "[0]\(ground),setpts=PTS-STARTPTS[a];"
                    + "[1]trim=14.5:14.6,setpts=PTS-STARTPTS,crop=420:40:30:155\(words)",
                "-an", "-c:v", "libx264", "-t", "6",
            ], named: "words.mp4", in: folder)
    }

    private func reasons(_ path: String, _ sampling: Sampling = .scenes(longestGapSeconds: 10))
        throws
        -> [(PickedFrame.Reason, Double)]
    {
        var options = FilmOptions()
        options.noticesWords = true
        return try look(at: path, sampling, options: options).frames.map {
            ($0.reason, $0.startSeconds)
        }
    }

    @Test func `words that appear within a scene are noticed when they appear`() throws {
        let found = try reasons(
            film(
                "trim=5.2:9.9,tpad=stop=-1:stop_mode=clone",
                words: "[w];[a][w]overlay=30:300:enable='between(t,2.5,9)'"))
        #expect(found.map(\.0) == [.newScene, .words, .words], "\(found)")
        // Once more, for what was not read at first.
        #expect(found.map(\.1) == [0, 2.6, 4.2], "\(found)")
    }

    @Test func `a line on black is no picture, but may be words`() throws {
        let path = try film(
            "trim=0:0.9,tpad=stop=-1:stop_mode=clone",
            words: ",scale=150:-2,negate[w];[a][w]overlay=30:160:enable='between(t,1,4)'")
        #expect(try reasons(path).map(\.0) == [.words, .words])
        #expect(try reasons(path, .every(seconds: 1)).map(\.0) == [.words])
        #expect(try look(at: path).frames.isEmpty, "nobody asked for words")
    }

    @Test func `strokes that move are no words`() throws {
        let found = try reasons(
            film(
                "trim=5.2:9.9,tpad=stop=-1:stop_mode=clone",
                words: "[w];[a][w]overlay='30+60*t':300:enable='between(t,2.5,9)'"))
        #expect(found.map(\.0) == [.newScene], "\(found)")
    }

    @Test func `words that scroll up are looked at once in most of a screen's height`() throws {
        let path = try film(
            "trim=5.2:9.9,tpad=stop=-1:stop_mode=clone", words: "[w];[a][w]overlay='30:360-60*t'")
        var options = FilmOptions()
        options.noticesWords = true
        let rolling = try look(at: path, options: options).frames.filter(\.isRolling)
        #expect(rolling.map(\.reason) == [.newScene, .words])
        // Six tenths of the height of 360 after the look at the new scene.
        #expect(rolling.dropFirst().allSatisfy { (4.4...4.9).contains($0.frameSeconds) })
        // Downwards, nothing rolls.
        let down = try film(
            "trim=5.2:9.9,tpad=stop=-1:stop_mode=clone", words: "[w];[a][w]overlay='30:60*t'")
        #expect(try look(at: down, options: options).frames.allSatisfy { !$0.isRolling })
    }

    @Test func `one sign that changes in words that stay is noticed, and one that runs is not`()
        throws
    {
        let scenes = films + "/scenes.mp4"
        /// The R of RING over the P of PLEASE.
        func found(when isOver: String) throws -> [Double] {
            let path = try makeFilm(
                [
                    "-i", scenes, "-i", scenes, "-filter_complex",
                    "[0]trim=14.5:14.6,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone[a];"
                        + "[1]trim=14.5:14.6,setpts=PTS-STARTPTS,crop=20:40:168:155[w];"
                        + "[a][w]overlay=39:155:enable='\(isOver)'",
                    "-an", "-c:v", "libx264", "-t", "12",
                ], named: "sign.mp4", in: folder)
            return try reasons(path).filter { $0.0 == .words }.map(\.1)
        }
        let once = try found(when: "gte(t,4)")
        #expect(once.count == 1 && once.allSatisfy { (3.9...4.5).contains($0) }, "\(once)")
        // It is another second by second; that it began to run is one look.
        #expect(try found(when: "gte(t,4)*lt(mod(t,2),1)").count <= 1)
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `where nothing is written, words are seldom looked for`() throws {
        var options = FilmOptions()
        options.noticesWords = true
        var looks = 0
        var seconds = 0.0
        for name in ["car_road_768x432.mp4", "station_320x240.mp4", "elf_720x480.webm"] {
            let seen = try look(
                at: SharedTestData.folder + "/video/" + name, options: options)
            looks += seen.frames.count { $0.reason == .words }
            seconds += seen.report.endSeconds
        }
        #expect(Double(looks) < seconds / 10, "\(looks) looks in \(seconds) s")
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `of a shot that gets sharp a sharp frame is picked`() throws {
        let path = try makeFilm(
            [
                "-i", SharedTestData.folder + "/video/flower_960x540.mp4", "-an", "-vf",
                "gblur=sigma=9:enable='lt(t,2.5)'", "-c:v", "libx264", "-preset", "ultrafast",
            ], named: "focus.mp4", in: folder)
        var options = FilmOptions()
        options.measuresFrames = true
        let seen = try look(at: path, options: options)
        #expect(seen.report.blurredFrames > 0, "\(seen.report)")
        let frame = try #require(seen.frames.first)
        #expect(frame.facts?.isBlurred == false && frame.frameSeconds >= 2.4)
        #expect(frame.startSeconds == 0, "the shot began then")
    }
}
