import ArgumentParser
import Audio
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

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Begin here: seconds, 1:30 or 1:02:03.", valueName: "time"))
    var from: ClockTime?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("End here; times still count from the beginning.", valueName: "time"))
    var to: ClockTime?

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
        if let to, to.seconds <= from?.seconds ?? 0 {
            throw ValidationError("--to has to be later than --from.")
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
        selection.fromSeconds = from?.seconds ?? 0
        selection.toSeconds = to?.seconds
        return selection
    }
}

/// A place in a recording, "90", "1:30" or "0:01:30.5".
struct ClockTime: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var total = 0.0
        for (i, part) in parts.enumerated() {
            // `Double` reads "inf" and "0x1p3" too.
            let isPlain = part.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard isPlain, let value = Double(part), i == 0 || value < 60 else { return nil }
            total = total * 60 + value
        }
        guard total < 1e9 else { return nil }
        seconds = total
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
