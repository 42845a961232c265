import Audio
import Foundation
import TestKit
import Testing

/// A film with one more track.
@Suite struct TrackTests {
    private let scenes = Repository.fixtures + "/films/scenes.mp4"
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Adds 17 seconds of silence to a film.
    private func write(
        _ name: String, over film: String, _ form: TrackForm = .mp4, lasting seconds: Double
    ) throws {
        // Safe: the strings live through the calls.
        let source = unsafe open(film, O_RDONLY)
        let file = unsafe open(folder.path + "/" + name, O_RDWR | O_CREAT, 0o666)
        defer {
            close(source)
            close(file)
        }
        let track = try TrackWriter(
            descriptor: file, name: name, form: form, film: source, sampleRate: 48_000,
            channels: .mono, lasting: seconds)
        for _ in 0..<17 { try track.write([Float](repeating: 0, count: 48_000)) }
        try track.finish()
    }

    private func run(_ command: String, _ arguments: [String]) throws -> String {
        let run = try ToolRun.run("/usr/bin/" + command, ["-v", "error"] + arguments)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        return run.text
    }

    private func digest(_ path: String, _ stream: String) throws -> String {
        try run("ffmpeg", ["-i", path, "-map", "0:" + stream, "-c", "copy", "-f", "md5", "-"])
    }

    /// The names of the boxes that an MP4 file is made of.
    private func boxes(_ name: String) throws -> [String] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
        var names: [String] = []
        var place = 0
        while place + 8 <= bytes.count {
            let size = bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
            names.append(String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self))
            guard size >= 8 else { break }
            place += size
        }
        return names
    }

    @Test func `a long film is written in parts, so that no list of it grows in memory`() throws {
        try write("short.mp4", over: scenes, lasting: 7200)
        #expect(try !boxes("short.mp4").contains("moof"))
        try write("long.mp4", over: scenes, lasting: 7201)
        let long = try boxes("long.mp4")
        #expect(long.prefix(3) == ["ftyp", "moov", "moof"], "\(long)")
        #expect(long.count { $0 == "moof" } > 1, "\(long)")
        for stream in ["v", "a:0"] {
            #expect(try digest(folder.path + "/long.mp4", stream) == digest(scenes, stream))
        }
        try write("long.m4a", over: scenes, .m4a, lasting: 7201)
        #expect(try boxes("long.m4a").contains("moof"))
        let tags = try run(
            "ffprobe",
            ["-show_entries", "stream_disposition=descriptions", folder.path + "/long.mp4"])
        #expect(tags.contains("DISPOSITION:descriptions=1"), "\(tags)")
    }

    @Test func `sound that begins late does not keep the parts in memory`() throws {
        let film = folder.path + "/late.mkv"
        _ = try run(
            "ffmpeg",
            [
                "-i", scenes, "-itsoffset", "14", "-i", scenes, "-t", "16", "-map", "0:v", "-map",
                "1:a", "-c", "copy", film,
            ])
        try write("late.mp4", over: film, lasting: 9000)
        let found = try boxes("late.mp4")
        #expect(found.count { $0 == "moof" } > 1, "\(found)")
    }

    @Test func `sound that its packets describe is copied into a long film too`() throws {
        let film = folder.path + "/ac3.mkv"
        _ = try run("ffmpeg", ["-i", scenes, "-c:v", "copy", "-c:a", "ac3", film])
        try write("ac3.mp4", over: film, lasting: 9000)
        #expect(try digest(folder.path + "/ac3.mp4", "a:0") == digest(film, "a:0"))
    }
}
