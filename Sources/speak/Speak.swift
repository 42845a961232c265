import ArgumentParser
import Audio
import Glibc
import Speech
import ToolKit

/// Text in, speech out.
struct Speak: Tool {
    static let configuration = CommandConfiguration(
        commandName: "speak",
        abstract: "Say text aloud, or write it as sound.",
        discussion: """
            Speaks the text of the command line, or else of standard input, and starts with the \
            first sentence while the rest is still coming. The sound goes to the sound device; \
            to standard output as WAV where that is a pipe or a file; or to -o FILE.

            A line break ends a sentence after a full stop, before a blank line, at the end of a \
            short line, and where the input rests.

            Dates, amounts, addresses and short forms are put into words in English and in German; \
            in other languages they are left to the engine.

            The engine speaks in a process of its own. If a text kills it, smaller parts of it are tried, \
            and what cannot be spoken is named on standard error by its place.

            Exit status: 0 done, 64 wrong usage, 65 nothing to write to -o, malformed SSML, or speech that does not \
            --fit, 66 text that cannot be read, 69 no sound device, or one that stopped, or no such language, 70 some of \
            it could not be spoken, 74 cannot write.
            """,
        version: curbcutVersion)

    static let example: String? =
        "echo \"Hello there.\" | speak --voice describer -o hello.flac"

    @Argument(help: ArgumentHelp("What to say.", valueName: "text"))
    var words: [String] = []

    @OptionGroup var output: OutputOptions

    @Option(help: "The sound format, where the name of the output does not tell.")
    var format: SoundFormat?

    @OptionGroup(title: "Voice") var voice: VoiceOptions

    @OptionGroup(title: "Text") var reading: ReadingOptions

    @OptionGroup(title: "Time") var fit: FitOptions

    @OptionGroup(title: "In writing") var record: RecordOptions

    @OptionGroup(title: "Long texts") var split: SplitOptions

    @OptionGroup(title: "Sound device") var device: DeviceOptions

    func validate() throws {
        let isPlain = !record.isAsked && fit.fit == nil && record.notation == nil
        if split.split != nil && (output.output != nil || !isPlain) {
            throw ValidationError(
                "--split writes sound files and nothing else: not with -o, --fit, --marks, --vtt, "
                    + "--phonemes or --ipa.")
        }
        if device.device != nil && (output.output != nil || split.split != nil) {
            throw ValidationError("--device plays the sound that -o and --split write; choose one.")
        }
        if record.takesOutput && output.output == "-" {
            throw ValidationError("the sound and --marks or --vtt cannot both go to -.")
        }
    }

    func perform() throws {
        if voice.listVoices { return try listVoices() }
        if device.listDevices { return try device.list() }
        if output.isAlreadyDone { return }
        if words.isEmpty && isatty(STDIN_FILENO) == 1 { throw CleanExit.helpRequest(self) }
        // It starts while everything else is made ready.
        let engine = try GuardedSynthesizer()
        try say(with: engine)
    }

    private func say(with engine: consuming GuardedSynthesizer) throws {
        let prosody = try voice.prosody
        let destination =
            record.notation == nil && split.split == nil
            ? try Destination(
                output: output.output, format: format, device: device.device,
                isOutputTaken: record.takesOutput)
            : .nowhere
        let voices = try voice.voices(of: &engine, language: reading.namedLanguage)
        let reader = try reader(in: voices.language ?? "en")
        let speaker = try Speaker(
            engine: engine, voices: voices, prosody: prosody, reader: reader,
            naming: reading.naming,
            notices: notices)
        if let notation = record.notation { return try write(notation, of: speaker) }
        if let cut = split.split, let folder = split.folder {
            var performance = SplitPerformance(
                speaker, split: cut, folder: folder, format: format ?? .wav)
            return try performance.run()
        }
        let sampleRate = speaker.sampleRate
        var performance = Performance(
            speaker,
            record: try SpeechRecord(
                marks: record.marks, captions: record.vtt, sampleRate: sampleRate),
            fit: fit.asked, notices: notices)
        try destination.receive(&performance)
        try performance.finish()
    }

    /// - Parameter voiceLanguage: of the chosen voice.
    /// - Returns: what reads the input.
    /// - Throws: `MarkupError`.
    private func reader(in voiceLanguage: String) throws -> any UtteranceReader {
        let notices = notices
        let style = reading.style(voiceLanguage: voiceLanguage) { notices.line($0) }
        return try words.isEmpty
            ? SentenceReader(descriptor: STDIN_FILENO, style: style)
            : SentenceReader(text: words.joined(separator: " "), style: style)
    }

    /// One line for each utterance.
    private func write(
        _ notation: PhonemeNotation, of speaker: consuming Speaker
    ) throws {
        try output.withOutput { output in
            while let utterance = try speaker.read() {
                guard let phonemes = try speaker.phonemes(of: utterance, notation) else { continue }
                output.write(phonemes)
                try output.endLine()
            }
        }
        if speaker.lostCount > 0 { throw PartsNotSpoken(count: speaker.lostCount) }
    }
}

extension SoundFormat: ExpressibleByArgument {}
