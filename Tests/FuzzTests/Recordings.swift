import Audio
import Glibc

private let recordingEndings: Set<Substring> = [
    "wav", "flac", "mp3", "ogg", "oga", "opus", "m4a", "mp4", "mkv", "webm", "aiff", "sph", "bin",
]

func isRecording(_ path: String) -> Bool {
    recordingEndings.contains(path.lowercased().split(separator: ".").last ?? "")
}

/// Opens a recording as a plain file and hears it.
func hearFile(_ bytes: [UInt8]) throws {
    try withUnnamedFile(bytes) { path in
        // Safe: the path lives through the call.
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { throw UnnamedFileError(code: errno) }
        defer { close(descriptor) }
        try hear(descriptor, each: bytes.count % 2 == 0)
    }
}

/// As much as a pipe holds before anybody reads from it.
private let pipeBytes = 1 << 20

/// Hears a recording that comes through a pipe; what does not fit is left out.
func hearPipe(_ bytes: [UInt8]) throws {
    var ends: [Int32] = [-1, -1]
    // Safe: C writes two numbers.
    guard unsafe pipe(&ends) == 0 else { throw UnnamedFileError(code: errno) }
    defer { close(ends[0]) }
    let setPipeSize: Int32 = 1031  // F_SETPIPE_SZ of linux/fcntl.h
    let room = max(1 << 16, Int(fcntl(ends[1], setPipeSize, Int32(pipeBytes))))
    // Safe: no more than the array holds is written, and no more than the pipe takes at once.
    let count = unsafe write(ends[1], bytes, min(bytes.count, room))
    close(ends[1])
    guard count >= 0 else { throw UnnamedFileError(code: errno) }
    try hear(ends[0], each: bytes.count % 2 == 0)
}

/// A header may tell of one sample per second: what comes of that is hours of sound.
private let mostSamples = 2_000_000

private func hear(_ descriptor: Int32, each: Bool) throws {
    var selection = SoundSelection()
    if each { selection.channel = .each }
    var reader = try SoundReader(descriptor: descriptor, name: "x", selection: selection)
    var count = 0
    while count < mostSamples {
        let samples = try reader.read(upTo: 16_000)
        if samples[0].isEmpty { break }
        count += samples.count * samples[0].count
    }
    _ = reader.damage
}
