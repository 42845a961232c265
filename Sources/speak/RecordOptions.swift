import ArgumentParser
import Speech

/// What is written down beside the sound, or instead of it.
struct RecordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write when each sentence and word is said, as JSON lines: time in milliseconds, type, "
                + "start and end in bytes of the text, value, sample, and char_start in "
                + "characters. - is standard output; without -o there is no sound then.",
            valueName: "file"),
        completion: .file())
    var marks: String?

    @Option(
        help: ArgumentHelp(
            "Write captions of what is said, as WebVTT. - as with --marks.", valueName: "file"),
        completion: .file())
    var vtt: String?

    @Flag(help: "Print what would be said as the engine's phonemes, and make no sound.")
    var phonemes = false

    @Flag(help: "Print what would be said in the International Phonetic Alphabet, and no sound.")
    var ipa = false

    func validate() throws {
        if marks == "-" && vtt == "-" {
            throw ValidationError("--marks and --vtt cannot both go to standard output.")
        }
        if phonemes && ipa {
            throw ValidationError("--phonemes and --ipa are two notations; choose one.")
        }
        if notation != nil && (marks ?? vtt) != nil {
            throw ValidationError(
                "--phonemes and --ipa make no sound that --marks or --vtt tell of.")
        }
        if marks?.isEmpty == true || vtt?.isEmpty == true {
            throw ValidationError("--marks and --vtt need the name of a file.")
        }
    }

    var notation: PhonemeNotation? { phonemes ? .engine : ipa ? .ipa : nil }

    /// Whether standard output is taken by it.
    var takesOutput: Bool { marks == "-" || vtt == "-" }

    var isAsked: Bool { marks != nil || vtt != nil }
}
