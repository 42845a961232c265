import ArgumentParser
import Audio
import Glibc
import Speech
import ToolKit

/// Text in, speech out.
@main
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

            Exit status: 0 done, 64 wrong usage, 65 nothing to write to -o, 66 text that cannot be \
            read, 69 no sound device or no such language, 70 the speech engine failed, 74 cannot \
            write.
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

    func perform() throws {
        if voice.listVoices { return try listVoices() }
        if output.isAlreadyDone { return }
        if words.isEmpty && isatty(STDIN_FILENO) == 1 { throw CleanExit.helpRequest(self) }
        let prosody = try voice.prosody
        let destination = try Destination(output: output.output, format: format)
        var synthesizer = try Synthesizer()
        try voice.choose(in: &synthesizer)
        try synthesizer.use(prosody)
        let reader =
            try words.isEmpty
            ? SentenceReader(descriptor: STDIN_FILENO)
            : SentenceReader(text: words.joined(separator: " "))
        try destination.receive(Speaker(synthesizer: synthesizer, reader: reader))
    }
}

extension SoundFormat: ExpressibleByArgument {}
