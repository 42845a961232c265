import Audio
import Foundation
import Glibc
import TestKit
import Testing

/// How much of a long recording is held at a time.
@Suite struct SoundMemoryTests {
    @Test func `ten hours cost no more than a few megabytes`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let seconds = 36_000
            let header = wave([], rate: 8000, dataLength: seconds * 16_000)
            let path = try folder.write("long.wav", header)
            // The rest is a hole: zeros that no disk stores.
            try #require(unsafe truncate(path, header.count + seconds * 16_000) == 0)
            let descriptor = unsafe open(path, O_RDONLY)
            let before = try peakMegabytes()
            var reader = try SoundReader(descriptor: descriptor, name: path, sampleRate: 8000)
            var count = 0
            while true {
                let samples = try reader.read(upTo: 16_000)[0]
                if samples.isEmpty { break }
                count += samples.count
            }
            try #require(count == seconds * 8000 && reader.damage == nil)
            try #require(try peakMegabytes() - before < 8)
        }
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `neither does a long packed stream in a pipe`() async {
        await #expect(processExitsWith: .success) {
            let pipe = try SoundPipe()
            let piece = try SharedTestData.bytes("speech/encodings/jfk_cbr64.mp3")
            let writer = Thread {
                for _ in 0..<100 { pipe.write(piece) }
                pipe.closeWriting()
            }
            writer.start()
            var reader = try SoundReader(descriptor: pipe.reading, name: "-")
            _ = try reader.read(upTo: 16_000)
            let before = try peakMegabytes()
            var count = 0
            while true {
                let samples = try reader.read(upTo: 16_000)[0]
                if samples.isEmpty { break }
                count += samples.count
            }
            // A bit less than 100 times 11 s: where two pieces meet, a frame is lost.
            try #require(count > 1000 * 16_000)
            try #require(try peakMegabytes() - before < 16)
        }
    }

    @Test func `what is listed of a long recording is given back when it is closed`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let (short, long) = (folder.path + "/short.mp4", folder.path + "/long.mp4")
            // Packets of 64 samples: 600,000 of them, as many as in two hours of film.
            let silence = ["-f", "lavfi", "-i", "aevalsrc=0:s=48000:d=10"]
            let copy = ["-stream_loop", "79", "-i", short, "-c", "copy"]
            let packed = silence + ["-c:a", "flac", "-frame_size", "64"]
            for (arguments, path) in [(packed, short), (copy, long)] {
                let made = try ToolRun.run(
                    "/usr/bin/ffmpeg", ["-v", "error"] + arguments + ["-strict", "-2", path])
                try #require(made.status == 0, "\(made)")
            }
            func listen(to path: String) throws {
                let descriptor = unsafe open(path, O_RDONLY)
                defer { close(descriptor) }
                var reader = try SoundReader(descriptor: descriptor, name: path)
                _ = try reader.read(upTo: 16_000)
            }
            try listen(to: short)
            let before = try megabytes("VmRSS:")
            // The allocator gives back the first list by itself, and keeps the later ones.
            for _ in 0..<3 { try listen(to: long) }
            try #require(try megabytes("VmRSS:") - before < 6)
        }
    }
}

/// The most memory that this process ever held; for tests that run in a process of their own.
///
/// Not `ru_maxrss`: that starts from what the parent held when it started the process.
func peakMegabytes() throws -> Int { try megabytes("VmHWM:") }

/// A number of what Linux knows about this process.
private func megabytes(_ name: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return try #require(kilobytes.flatMap { Int($0) }) / 1024
}
