import Foundation
import TestKit
import Testing

/// Frames that a model which compares pictures finds to show the same.
@Suite struct FilmRepeatsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A duck and a ring; after three seconds the light changes to the left and right of the square
    /// in the middle, which is all that CLIP looks at.
    private func film() throws {
        let run = try ToolRun.run(
            "/usr/bin/ffmpeg",
            [
                "-v", "error", "-i", films + "/scenes.mp4", "-filter_complex",
                "[0]trim=5.2:9.8,setpts=PTS-STARTPTS,tpad=stop=-1:stop_mode=clone,split[a][b];"
                    + "[a]crop=360:360:60:0[c];[b]eq=brightness=-0.16:enable='gte(t,3)'[d];"
                    + "[d][c]overlay=60:0", "-an", "-c:v", "libx264", "-t", "6", "sides.mp4",
            ], folder: folder.path)
        #expect(run.status == 0, "\(run)")
    }

    private func repeats(_ film: String, models: String) throws -> Int {
        let run = try captionFilm(
            ["--no-text", "--format", "json", film], environment: ["CURBCUT_MODELS": models],
            folder: folder.path)
        #expect(run.status == 0, "\(run)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output))
        return try #require((object as? [String: Any])?["framesRepeated"] as? Int)
    }

    @Test func `with CLIP a frame that shows the same is not described again`() throws {
        try film()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/clip-vit-base-patch32",
            withDestinationPath: Repository.fixtures + "/clip-tiny")
        #expect(try repeats("sides.mp4", models: "") == 0)
        #expect(try repeats("sides.mp4", models: folder.path) == 1)
        // Other scenes are other scenes for it, too.
        #expect(try repeats(films + "/scenes.mp4", models: folder.path) == 0)
    }
}
