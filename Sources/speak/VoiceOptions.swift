import ArgumentParser
import Speech
import ToolKit

/// Which voice, and how it speaks.
struct VoiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A voice of the list, a language, or either with a variant: en-us+f3.",
            valueName: "name"))
    var voice: String?

    @Option(
        help: ArgumentHelp("A voice file of your own.", valueName: "file"), completion: .file())
    var voiceFile: String?

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Words a minute, 80 to 450.", valueName: "number"))
    var rate = Prosody.usual.rate

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("0 to 100; 50 is the voice's own.", valueName: "number"))
    var pitch = Prosody.usual.pitch

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("0 to 200; 100 is the voice's own.", valueName: "number"))
    var volume = Prosody.usual.volume

    @Flag(help: "Print the voices, one on a line, and do nothing else.")
    var listVoices = false

    func validate() throws {
        if voice != nil && voiceFile != nil {
            throw ValidationError("--voice and --voice-file are two answers to one question.")
        }
    }

    var prosody: Prosody {
        get throws(SpeechError) { try Prosody(rate: rate, pitch: pitch, volume: volume) }
    }

    /// A voice file goes before a voice of the engine with the same name.
    ///
    /// - Parameters:
    ///   - engine: knows its voices.
    ///   - language: of the text, where the user names it; it chooses a voice if nothing else does.
    /// - Returns: the chosen voice, and how to find others.
    /// - Throws: `SpeechError`, `VoiceFileError`.
    func voices(
        of engine: inout GuardedSynthesizer, language: String?
    ) throws -> VoiceBook {
        if let voiceFile {
            return try VoiceBook(file: OwnVoices.voice(at: voiceFile), of: &engine)
        }
        guard let voice = voice ?? language else {
            return VoiceBook(chosen: .named("en"), language: "en")
        }
        return try VoiceBook(named: voice, of: &engine)
    }
}
