import ArgumentParser
import Transcribing

/// Which language is spoken, and which is written.
struct LanguageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The language's code, as in en or de; auto tells it for each stretch of speech.",
            valueName: "code"))
    var language = "auto"

    @Option(
        help: ArgumentHelp(
            "With auto, choose among these codes only, as in en,de.", valueName: "codes"))
    var languages: String?

    @Flag(help: "Write English, whatever is spoken.")
    var translate = false

    @Option(
        help: ArgumentHelp(
            "Names and words to expect; the model is told them before each window.",
            valueName: "words"))
    var prompt: String?

    func validate() throws {
        if language.isEmpty { throw ValidationError("--language needs a code, or auto.") }
        if let languages, allowed.isEmpty || languages.hasPrefix(",") {
            throw ValidationError("--languages takes codes parted by commas, as in en,de.")
        }
        if languages != nil && language != "auto" {
            throw ValidationError("--languages needs --language auto.")
        }
    }

    var code: String? { language == "auto" ? nil : language.lowercased() }

    var allowed: [String] {
        languages?.split(separator: ",").map { $0.trimmingPrefix { $0 == " " }.lowercased() } ?? []
    }
}
