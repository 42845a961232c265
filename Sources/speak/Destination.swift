import Audio
import Glibc
import Signals
import ToolKit

/// Where the speech goes.
enum Destination {
    case device(String?)
    case standardOutput(SoundFormat)
    case file(String, SoundFormat)
    /// It is wanted in writing only.
    case nowhere

    /// - Parameters:
    ///   - output: what `-o` names; `-` is standard output.
    ///   - format: what `--format` names.
    ///   - device: what `--device` names.
    ///   - isOutputTaken: whether something else is written to standard output.
    /// - Throws: `AudioError.unknownFormat`.
    init(
        output: String?, format: SoundFormat?, device: String?, isOutputTaken: Bool
    ) throws(AudioError) {
        switch output {
        case nil where device != nil:
            self = .device(device)
        case nil where isOutputTaken:
            self = .nowhere
        case nil where isatty(STDOUT_FILENO) == 1:
            self = .device(nil)
        case nil, "-":
            self = .standardOutput(format ?? .wav)
        case .some(let path):
            guard let format = format ?? SoundFormat(endingOf: path) else {
                throw .unknownFormat(name: path)
            }
            self = .file(path, format)
        }
    }

    /// Lets a performance be heard here.
    ///
    /// A file appears when it is complete; one without a sound does not. A pipe or a device that
    /// nothing was said to has been told so, and is no failure.
    ///
    /// - Throws: `AudioError`, `OutputError`, `NothingToSpeak`, and what stops the speaker.
    func receive(_ performance: inout Performance) throws {
        let rate = performance.sampleRate
        switch self {
        case .device(let name):
            var device = try SoundDevice(named: name, sampleRate: rate)
            try performance.run(to: &device)
        case .standardOutput(let format):
            try performance.write(format, to: STDOUT_FILENO, name: "standard output")
        case .file(let path, let format):
            let file = try TemporaryFile(replacing: path)
            try performance.write(format, to: file.descriptor, name: path)
            guard performance.hasSpoken else {
                try performance.checkLosses()
                throw NothingToSpeak(output: path)
            }
            try file.takePlace()
        case .nowhere:
            var unheard = Unheard()
            try performance.run(to: &unheard)
        }
    }
}

extension Performance {
    /// - Throws: `AudioError`, and what stops the speaker.
    mutating func write(_ format: SoundFormat, to descriptor: Int32, name: String) throws {
        if format == .wav, !canSeek(descriptor) {
            var stream = WaveStream(descriptor: descriptor, name: name, sampleRate: sampleRate)
            return try run(to: &stream)
        }
        var file = SoundFileWriter(
            descriptor: descriptor, name: name, format: format, sampleRate: sampleRate)
        try run(to: &file)
    }
}

/// Takes sound that nobody wants.
private struct Unheard: SoundOutput {
    mutating func write(_ samples: [Int16]) {}
    mutating func finish() {}
}

/// The input held no word, and a sound file without a sound helps nobody.
struct NothingToSpeak: Explained {
    let output: String

    var what: String { "there is nothing to speak, so \(output) is not written" }
    var remedy: String { "check the command or the file that the text comes from" }
    var exitStatus: ExitStatus { .damagedInput }
}
