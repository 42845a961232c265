import ArgumentParser
import Filming
import Transcribing

/// Descriptions spoken into the gaps of a film.
struct NarrationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the film's sound with the descriptions spoken where nobody else speaks: .wav, .flac or .m4a; or the film with that as one more track: .mp4 or .mkv.",
            valueName: "file"),
        completion: .file())
    var describeAudio: String?

    @Option(
        help: ArgumentHelp(
            "Write a plan of pauses for the descriptions that fit in no gap, an object a line.",
            valueName: "file"),
        completion: .file())
    var extended: String?

    @Option(
        help: ArgumentHelp(
            "Write what became of each description, an object a line: gap, spoken length, overflow, why it was moved or left out.",
            valueName: "file"),
        completion: .file())
    var narrationReport: String?

    @Option(
        help: ArgumentHelp("The voice of the descriptions, as speak names it.", valueName: "name"))
    var voice = "en"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Speak at most so many times faster than usual to fit a gap.", valueName: "times"))
    var fitLimit = 1.3

    func validate() throws {
        if let describeAudio, !describeAudio.isEmpty, !NarrationRequest.isTrack(describeAudio) {
            throw ValidationError(
                "--describe-audio takes a name that ends in .wav, .flac, .m4a, .mp4 or .mkv.")
        }
        if !(1...3).contains(fitLimit) { throw ValidationError("--fit-limit takes 1 to 3.") }
        for (name, value) in [
            ("--describe-audio", describeAudio), ("--extended", extended),
            ("--narration-report", narrationReport), ("--voice", voice),
        ] where value?.isEmpty == true {
            throw ValidationError("\(name) needs a name.")
        }
    }

    /// An option that would write the same file for each of several films.
    var optionForOneFilm: String? {
        if describeAudio != nil { return "--describe-audio" }
        if extended != nil { return "--extended" }
        return narrationReport == nil ? nil : "--narration-report"
    }

    /// - Parameter environment: the variables that say where models are.
    /// - Returns: what is wanted.
    func request(environment: [String: String]) -> NarrationRequest {
        var request = NarrationRequest()
        request.track = describeAudio
        request.pauses = extended
        request.report = narrationReport
        request.voice = voice
        request.mostSpeed = fitLimit
        request.detector.environment = environment
        return request
    }
}
