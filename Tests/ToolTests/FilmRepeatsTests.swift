import Foundation
import TestKit
import Testing

/// Frames that a model which compares pictures finds to show the same.
@Suite struct FilmRepeatsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A duck and a ring, and a change after three seconds.
    private func film(_ name: String, change: String) throws {
        let run = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-i", films + "/scenes.mp4", "-filter_complex",
                "[0]trim=5.2:9.8,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone" + change,
                "-an", "-c:v", "libx264", "-t", "6", name,
            ], folder: folder.path)
        #expect(run.status == 0, "\(run)")
    }

    private func installClip() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/clip-vit-base-patch32",
            withDestinationPath: Repository.fixtures + "/clip-tiny")
    }

    private func repeats(
        _ film: String, models: String, _ options: [String] = []
    ) throws -> Int {
        let run = try captionFilm(
            options + ["--no-text", "--format", "json", film],
            environment: ["CURBCUT_MODELS": models], folder: folder.path)
        #expect(run.status == 0, "\(run)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output))
        return try #require((object as? [String: Any])?["framesRepeated"] as? Int)
    }

    @Test func `with CLIP a frame that shows the same is not described again`() throws {
        try film(
            "sides.mp4",
            change: ",split[a][b];[a]crop=360:360:60:0[c];"
                + "[b]eq=brightness=-0.16:enable='gte(t,3)'[d];[d][c]overlay=60:0")
        try installClip()
        #expect(try repeats("sides.mp4", models: "") == 0)
        #expect(try repeats("sides.mp4", models: folder.path) == 1)
        // Other scenes are other scenes for it, too.
        #expect(try repeats(films + "/scenes.mp4", models: folder.path) == 0)
    }

    /// The square in the middle, which CLIP would take of it, stays as it was.
    @Test func `with CLIP what comes in at the side of a frame is not missed`() throws {
        try film(
            "door.mp4", change: ",drawbox=x=0:y=100:w=58:h=180:c=black:t=fill:enable='gte(t,3)'")
        try installClip()
        #expect(try repeats("door.mp4", models: "", ["--every", "1"]) == 4)
        #expect(try repeats("door.mp4", models: folder.path, ["--every", "1"]) == 4)
    }
}
