import Foundation
import Signals
import TestKit
import Testing
import Video

/// Frames: right pixels at right times.
@Suite struct FrameTests {
    private let bars = [
        [191, 191, 191], [191, 191, 0], [0, 191, 191], [0, 191, 0], [191, 0, 191], [191, 0, 0],
        [0, 0, 191],
    ]

    private func first(_ name: String) throws -> Image {
        try #require(try look(at: films + "/" + name, .every(seconds: 1)).frames.first).image
    }

    @Test func `a film gives its colours`() throws {
        let image = try first("bars.mp4")
        #expect(image.width == 160 && image.height == 90)
        for (i, bar) in bars.enumerated() {
            let found = image.colour(160 * (2 * i + 1) / 14, 20)
            #expect(isNear(found, bar, within: 4), "bar \(i) is \(found)")
        }
    }

    @Test func `pixels that are not square are brought to shape`() throws {
        let image = try first("bars-wide-pixels.mp4")
        #expect(image.width == 320 && image.height == 90)
    }

    @Test func `a film that lies on its side is put upright`() throws {
        let image = try first("bars-turned.mp4")
        #expect(image.width == 90 && image.height == 160)
        // Against the clock: the last bar is on top, and the upper ends of the bars point left.
        #expect(isNear(image.colour(20, 11), bars[6], within: 4))
        #expect(isNear(image.colour(20, 148), bars[0], within: 4))
    }

    @Test(arguments: ["bars-pq.mp4", "bars-hlg.mp4"])
    func `high dynamic range is brought to a screen's`(name: String) throws {
        let image = try first(name)
        let grey = image.colour(11, 20)
        // White paper is at 203 cd/m2, a little below the brightest; greys keep their place.
        #expect(isNear(grey, [191, 191, 191], within: 12), "grey is \(grey)")
        let white = image.colour(34, 85)
        #expect(white.allSatisfy { $0 > 230 }, "white is \(white)")
        let red = image.colour(126, 20)
        #expect(red[0] > 150 && red[1] < 60 && red[2] < 60, "red is \(red)")
    }

    @Test(arguments: ["animation.gif", "animation.png", "animation.webp"])
    func `animations are films`(name: String) throws {
        let seen = try look(at: films + "/" + name)
        #expect(seen.report.sceneSeconds == [0, 0.5], "\(seen.report)")
        #expect(seen.frames.isEmpty && seen.report.blankFrames > 0, "frames of one colour")
    }

    @Test func `black is passed over, and each scene gives one frame`() throws {
        let seen = try look(at: films + "/scenes.mp4")
        #expect(seen.frames.map(\.startSeconds) == [1, 5, 10, 14], "\(seen.report)")
        #expect(seen.report.sceneSeconds == [0, 1, 5, 10, 14])
        #expect(seen.report.decodedFrames == 170 && seen.report.blankFrames >= 10)
        for frame in seen.frames {
            #expect(frame.frameSeconds >= frame.startSeconds)
            #expect(frame.frameSeconds <= frame.startSeconds + 1.1)
        }
    }

    @Test func `a still scene is looked at again and found to show nothing new`() throws {
        let seen = try look(at: films + "/scenes.mp4", .scenes(longestGapSeconds: 1))
        #expect(seen.frames.count == 4 && seen.report.repeatedFrames > 4, "\(seen.report)")
    }

    @Test func `only a part is looked at`() throws {
        var range = FilmRange()
        (range.fromSeconds, range.toSeconds) = (6, 12)
        let seen = try look(at: films + "/scenes.mp4", range: range)
        #expect(seen.frames.map(\.startSeconds) == [6, 10], "\(seen.report)")
        range.mostFrames = 1
        let one = try look(at: films + "/scenes.mp4", range: range)
        #expect(one.frames.map(\.startSeconds) == [6] && one.report.hasStoppedEarly)
        range.fromSeconds = 60
        range.toSeconds = nil
        #expect(throws: FilmError.startsAfterEnd(fromSeconds: 60)) {
            try look(at: films + "/scenes.mp4", range: range)
        }
    }

    @Test func `frames at equal distances are those of these times`() throws {
        let seen = try look(at: films + "/scenes.mp4", .every(seconds: 2.5))
        // Those in between show the same picture as the one before.
        #expect(seen.frames.map(\.frameSeconds) == [2.5, 5, 10, 15], "\(seen.report)")
        #expect(seen.report.repeatedFrames == 2 && seen.report.blankFrames == 1)
    }

    @Test func `keyframes are a few of the frames`() throws {
        let seen = try look(at: films + "/scenes.mp4", .keyframes)
        #expect((4...12).contains(seen.report.decodedFrames), "\(seen.report)")
        #expect(seen.frames.count == 4)
    }

    @Test func `a film that comes through a pipe is the same film`() throws {
        let whole = try look(at: films + "/scenes.mp4")
        var ends: [Int32] = [0, 0]
        // Safe: two numbers are written.
        #expect(unsafe pipe(&ends) == 0)
        let bytes = try Fixture.bytes(of: films + "/scenes.mp4")
        let end = ends[1]
        Thread.detachNewThread {
            let file = FileHandle(fileDescriptor: end, closeOnDealloc: true)
            try? file.write(contentsOf: Data(bytes))
            try? file.close()
        }
        let piped = try look(ends[0], .scenes(longestGapSeconds: 10))
        close(ends[0])
        #expect(piped.frames.map(\.startSeconds) == whole.frames.map(\.startSeconds))
        #expect(piped.frames.map(\.image) == whole.frames.map(\.image))
    }
}

@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct RealFilmTests {
    @Test(arguments: [
        ("av1.mp4", 30, 1.09), ("mpeg4_mp3.avi", 96, 4.09), ("bear_vp9.webm", 82, 2.70),
        ("crystal_720x480.webm", 359, 11.97), ("h264_vorbis.mkv", 30, 1.07),
        ("vfr_android_slow_motion.mp4", 7, 0.53), ("station_320x240.mp4", 932, 15.54),
    ])
    func `every frame of a film is seen, up to its end`(
        name: String, count: Int, duration: Double
    ) throws {
        let seen = try look(at: SharedTestData.folder + "/video/" + name)
        #expect(seen.report.decodedFrames == count)
        #expect(abs(seen.report.endSeconds - duration) < 0.2, "\(seen.report)")
        #expect(seen.report.damage == nil && !seen.frames.isEmpty)
    }

    /// Cut times by `manifest.tsv`, and by eye for the clips that it only says have some.
    @Test(arguments: [
        ("cuts_flower_bottle_rabbit_car.mp4", [3.0, 6, 9]),
        ("cuts_flower_bottle_rabbit_car.mkv", [3.06, 6.06, 9.06]),
        ("bbb_480x360_10s_2cuts.mp4", [1.83, 5.7]), ("bbb_1080p60_2s.mp4", [0.35]),
        ("car_road_768x432.mp4", []), ("bottle_conveyor_640x360.mp4", []),
        ("friday_640x480_speech.mp4", []), ("crystal_720x480.webm", []),
        // A camera that swings round.
        ("station_320x240.mp4", []),
    ])
    func `cuts are found, and nothing else is taken for one`(
        name: String, cuts: [Double]
    ) throws {
        let seen = try look(at: SharedTestData.folder + "/video/" + name)
        let found = seen.report.sceneSeconds.dropFirst()
        #expect(found.count == cuts.count, "\(found)")
        for (a, b) in zip(found, cuts) { #expect(abs(a - b) < 0.05, "\(found)") }
    }

    @Test func `every hostile file ends with frames or a reason`() throws {
        var looked = 0
        for folder in ["mp4", "mkv", "webm", "gif", "webp", "png", "jpeg", "bmp", "other", "wav"] {
            for path in try SharedTestData.files(in: "hostile/" + folder) {
                looked += 1
                do {
                    let seen = try look(at: path)
                    #expect(seen.report.decodedFrames > 0, "\(path)")
                } catch let error as any Explained {
                    #expect(!error.what.isEmpty && !error.remedy.isEmpty, "\(path)")
                }
            }
        }
        #expect(looked > 200)
    }

    @Test func `what is damaged in the middle is passed over and counted`() throws {
        let seen = try look(at: SharedTestData.folder + "/hostile/mp4/rabbit_flip60.mp4")
        guard case .brokenParts(let count) = seen.report.damage else {
            Issue.record("\(seen.report)")
            return
        }
        #expect(count > 0 && seen.report.decodedFrames > 200 && !seen.frames.isEmpty)
    }

    @Test func `a film that was cut says where it ends`() throws {
        let seen = try look(at: SharedTestData.folder + "/hostile/mp4/flower_cut50.mp4")
        guard case .endsEarly(let promised, let found) = seen.report.damage else {
            Issue.record("\(seen.report)")
            return
        }
        #expect(promised > 5 && (2...3).contains(found))
    }

    @Test func `a recording without pictures says what it holds`() throws {
        #expect(throws: FilmError.noPictures(streams: "sound (opus)")) {
            try look(at: SharedTestData.folder + "/video/tiny_opus.mp4")
        }
    }
}
