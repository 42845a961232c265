import Audio
import Glibc
import Video

private let filmEndings: Set<Substring> = [
    "mp4", "mov", "mkv", "webm", "avi", "ts", "m2ts", "mpg", "flv", "ogv", "gif", "png", "apng",
    "webp", "ppm", "bin",
]

func isFilm(_ path: String) -> Bool {
    filmEndings.contains(path.lowercased().split(separator: ".").last ?? "")
}

/// Goes through the first seconds of a film in one of the ways there are, and looks at what it picks.
func watchFilm(_ bytes: [UInt8]) throws {
    try withUnnamedFile(bytes) { path in
        // Safe: the path lives through the call.
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { throw UnnamedFileError(code: errno) }
        defer { close(descriptor) }
        var options = FilmOptions()
        options.threads = 1 + bytes.count % 2
        options.noticesWords = true
        options.measuresFrames = bytes.count % 4 == 0
        var range = FilmRange()
        range.fromSeconds = bytes.count % 5 == 0 ? 1 : 0
        (range.toSeconds, range.mostFrames) = (3, 4)
        let ways: [Sampling] = [
            .scenes(longestGapSeconds: 1), .every(seconds: 0.5), .keyframes,
        ]
        var picker = try FramePicker(
            descriptor: descriptor, options: options, sampling: ways[bytes.count % ways.count],
            range: range
        ) { frame in
            precondition(frame.startSeconds <= frame.frameSeconds, "\(frame.startSeconds)")
            return true
        }
        try picker.run()
    }
}

/// Copies a film with a second of silence as one more track.
///
/// Not in parts: FFmpeg 5.1 loses 1.3 kB where AC-3 of which no packet came is to be described at the
/// end (`get_moov_size` in its movenc.c), and a sanitizer calls that ours.
func copyFilm(_ bytes: [UInt8]) throws {
    try withUnnamedFile(bytes) { path in
        // Safe: the path lives through the call.
        let film = unsafe open(path, O_RDONLY)
        guard film >= 0 else { throw UnnamedFileError(code: errno) }
        let copy = try unnamedFile()
        defer {
            close(film)
            close(copy)
        }
        let track = try TrackWriter(
            descriptor: copy, name: "copy", form: bytes.count % 2 == 0 ? .mkv : .mp4, film: film,
            sampleRate: 48_000, channels: .mono, lasting: 1)
        try track.write([Float](repeating: 0, count: 48_000))
        try track.finish()
    }
}
