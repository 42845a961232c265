import ArgumentParser
import Audio
import ToolKit
import Transcribing

/// Which part of which sound is heard.
struct SoundOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The input is samples without a header: encoding, samples a second and channels, as in s16le:16000:1.",
            valueName: "format"),
        transform: rawFormat)
    var raw: RawSoundFormat?

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Hear one channel, counted from 1. Default: the mean of all.", valueName: "number"))
    var channel: Int?

    @OptionGroup var span: SpanOptions

    @Flag(help: "Each channel is a speaker, as in a recorded call.")
    var channelsAreSpeakers = false

    @Option(
        help: ArgumentHelp(
            "Names of the speakers, in the order of their channels. Default: left,right.",
            valueName: "names"))
    var speakerNames: String?

    func validate() throws {
        if let channel, channel < 1 {
            throw ValidationError("--channel takes a number from 1, not \(channel).")
        }
        if channel != nil && channelsAreSpeakers {
            throw ValidationError("--channel hears one channel, --channels-are-speakers all.")
        }
        if speakerNames != nil && !channelsAreSpeakers {
            throw ValidationError("--speaker-names needs --channels-are-speakers.")
        }
        if speakers.contains("") || Set(speakers).count < speakers.count {
            throw ValidationError("--speaker-names takes different names parted by commas.")
        }
    }

    var speakers: [String] {
        guard channelsAreSpeakers else { return [] }
        return (speakerNames ?? "left,right")
            .split(separator: ",", omittingEmptySubsequences: false).map {
                String($0.trimmingPrefix { $0 == " " })
            }
    }

    var selection: SoundSelection {
        var selection = SoundSelection()
        if channelsAreSpeakers { selection.channel = .each }
        if let channel { selection.channel = .one(channel) }
        selection.fromSeconds = span.fromSeconds
        selection.toSeconds = span.toSeconds
        return selection
    }
}

/// With the reason where it is none: three things can be wrong.
private func rawFormat(_ text: String) throws -> RawSoundFormat {
    do {
        return try RawSoundFormat(text)
    } catch {
        throw ValidationError("\(error.what); \(error.remedy)")
    }
}
