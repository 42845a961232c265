import Audio
import Signals
import Speech
import ToolKit

/// A long text as one sound file after the other, from 001.flac on.
struct SplitPerformance: ~Copyable {
    private var speaker: Speaker
    private let split: SpeechSplit
    private let folder: String
    private let format: SoundFormat
    private var fileCount = 0

    /// - Parameters:
    ///   - speaker: with the text.
    ///   - split: where files begin.
    ///   - folder: which is there; files in it that have these names are replaced.
    ///   - format: of all of them.
    init(
        _ speaker: consuming Speaker, split: SpeechSplit, folder: String, format: SoundFormat
    ) {
        self.speaker = speaker
        self.split = split
        self.folder = folder
        self.format = format
    }

    /// Says everything; each file appears when it is complete.
    ///
    /// - Throws: `OutputError`, `AudioError`, `NothingToSpeak`, `PartsNotSpoken`, and what the
    ///   reader throws.
    mutating func run() throws {
        var next = try speaker.read()
        while next != nil { try writeFile(from: &next) }
        if speaker.lostCount > 0 { throw PartsNotSpoken(count: speaker.lostCount) }
        if fileCount == 0 { throw NothingToSpeak(output: path(number: 1)) }
    }

    /// - Parameter next: what the file begins with; then what the next file begins with.
    /// - Throws: as `run`.
    private mutating func writeFile(from next: inout Utterance?) throws {
        let path = path(number: fileCount + 1)
        let file = try TemporaryFile(replacing: path)
        var sound = SoundFileWriter(
            descriptor: file.descriptor, name: path, format: format, sampleRate: speaker.sampleRate)
        speaker.rewind()
        var isHeadingOnly = true
        while let utterance = next {
            _ = try speaker.say(utterance, to: &sound)
            isHeadingOnly = isHeadingOnly && utterance.isHeading
            next = try speaker.read()
            let seconds = Double(speaker.sampleCount) / Double(speaker.sampleRate)
            if let following = next,
                split.cuts(
                    before: following, afterSeconds: seconds, isHeadingOnly: isHeadingOnly)
            {
                break
            }
        }
        guard speaker.sampleCount > 0 else { return }
        try sound.finish()
        try file.takePlace()
        fileCount += 1
    }

    private func path(number: Int) -> String {
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, 3 - digits.count))
        return "\(folder)/\(padding)\(digits).\(format.rawValue)"
    }
}
