import Glibc
import Signals
import TestKit
import Testing
import Video

let films = Repository.fixtures + "/films"

/// What comes of going through a film.
struct Look {
    var frames: [PickedFrame] = []
    var report = FilmReport()
}

/// Goes through a file.
func look(
    at path: String, _ sampling: Sampling = .scenes(longestGapSeconds: 10),
    range: FilmRange = FilmRange(), options: FilmOptions = FilmOptions()
) throws -> Look {
    // Safe: the string lives through the call.
    let descriptor = unsafe open(path, O_RDONLY)
    defer { close(descriptor) }
    return try look(descriptor, sampling, range: range, options: options)
}

/// Goes through what a descriptor gives.
func look(
    _ descriptor: Int32, _ sampling: Sampling, range: FilmRange = FilmRange(),
    options: FilmOptions = FilmOptions()
) throws -> Look {
    let found = Found()
    var picker = try FramePicker(
        descriptor: descriptor, options: options, sampling: sampling, range: range
    ) {
        found.frames.append($0)
        return true
    }
    try picker.run()
    return Look(frames: found.frames, report: picker.report)
}

private final class Found {
    var frames: [PickedFrame] = []
}

/// Makes a film with FFmpeg.
///
/// - Parameters:
///   - arguments: without the output.
///   - name: of the file; its ending says which kind it is.
///   - folder: where it is put.
/// - Returns: its path.
/// - Throws: where FFmpeg cannot be run.
func makeFilm(
    _ arguments: [String], named name: String, in folder: TemporaryFolder
) throws -> String {
    let path = folder.path + "/" + name
    let run = try ToolRun.run("/usr/bin/ffmpeg", ["-v", "error", "-y"] + arguments + [path])
    #expect(run.status == 0, "\(run)")
    return path
}

extension Image {
    /// Red, green and blue of a pixel.
    func colour(_ x: Int, _ y: Int) -> [Int] {
        (0..<3).map { Int(pixels[3 * (y * width + x) + $0]) }
    }
}

/// Whether each channel of two colours is within so much of the other.
func isNear(_ a: [Int], _ b: [Int], within: Int) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= within }
}
