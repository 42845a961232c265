import Audio
import Glibc
import Signals
import ToolKit

/// Where the speech goes.
enum Destination {
    case device
    case standardOutput(SoundFormat)
    case file(String, SoundFormat)

    /// - Parameters:
    ///   - output: what `-o` names; `-` is standard output.
    ///   - format: what `--format` names.
    /// - Throws: `AudioError.unknownFormat`.
    init(output: String?, format: SoundFormat?) throws(AudioError) {
        switch output {
        case nil where isatty(STDOUT_FILENO) == 1:
            self = .device
        case nil, "-":
            self = .standardOutput(format ?? .wav)
        case .some(let path):
            guard let format = format ?? SoundFormat(endingOf: path) else {
                throw .unknownFormat(name: path)
            }
            self = .file(path, format)
        }
    }

    /// Lets a speaker speak here.
    ///
    /// A file appears when it is complete; one without a sound does not. A pipe or a device that
    /// nothing was said to has been told so, and is no failure.
    ///
    /// - Throws: `AudioError`, `OutputError`, `NothingToSpeak`, and what stops the speaker.
    consuming func receive(_ speaker: consuming Speaker) throws {
        switch self {
        case .device:
            var device = try SoundDevice(sampleRate: speaker.sampleRate)
            _ = try speaker.speak(to: &device)
        case .standardOutput(let format):
            _ = try speaker.write(format, to: STDOUT_FILENO, name: "standard output")
        case .file(let path, let format):
            let file = try TemporaryFile(replacing: path)
            guard try speaker.write(format, to: file.descriptor, name: path) else {
                throw NothingToSpeak(output: path)
            }
            try file.takePlace()
        }
    }
}

extension Speaker {
    fileprivate mutating func write(
        _ format: SoundFormat, to descriptor: Int32, name: String
    ) throws -> Bool {
        if format == .wav, !canSeek(descriptor) {
            var stream = WaveStream(descriptor: descriptor, name: name, sampleRate: sampleRate)
            return try speak(to: &stream)
        }
        var file = SoundFileWriter(
            descriptor: descriptor, name: name, format: format, sampleRate: sampleRate)
        return try speak(to: &file)
    }
}

/// The input held no word, and a sound file without a sound helps nobody.
struct NothingToSpeak: Explained {
    let output: String

    var what: String { "there is nothing to speak, so \(output) is not written" }
    var remedy: String { "check the command or the file that the text comes from" }
    var exitStatus: ExitStatus { .damagedInput }
}
