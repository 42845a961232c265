import ArgumentParser
import Describing

/// What is said of a picture, and in which form.
struct FormOptions: ParsableArguments {
    enum Form: String, EnumerableFlag {
        case brief
        case full
        case alt
        case read

        static func help(for form: Form) -> ArgumentHelp? {
            switch form {
            case .brief: "The caption alone."
            case .full: "Caption, text, codes and the measured facts."
            case .alt:
                "One line for an alt attribute, at most \(AltText.limit) characters; a draft for you to check."
            case .read: "The text alone, line by line."
            }
        }
    }

    @Flag
    var forms: [Form] = []

    @Option(help: ArgumentHelp("Answer a question about the picture.", valueName: "question"))
    var ask: String?

    @Flag(help: "One JSON object on one line for each picture.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Language of the text, as Tesseract names it: eng, deu, eng+deu. Default: eng.",
            valueName: "language"))
    var textLanguage: String?

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Refuse a picture of more pixels than this.", valueName: "count"))
    var maxPixels = 200_000_000

    func validate() throws {
        let chosen = Form.allCases.filter(forms.contains)
        if chosen.count > 1 {
            let names = chosen.map { "--\($0.rawValue)" }.joined(separator: " and ")
            throw ValidationError("\(names) are different answers; choose one.")
        }
        if !forms.isEmpty && ask != nil {
            throw ValidationError("--ask takes the place of --brief, --full, --alt and --read.")
        }
        if ask?.contains(where: \.isLetter) == false {
            throw ValidationError("--ask needs a question in words.")
        }
        if maxPixels < 1 {
            throw ValidationError("--max-pixels takes a number from 1, not \(maxPixels).")
        }
    }

    var request: Request {
        let asked = ask.map { Request.Form.question($0) }
        let chosen: Request.Form =
            switch forms.first {
            case nil: asked ?? .standard
            case .brief: .brief
            case .full: .full
            case .alt: .alt
            case .read: .read
            }
        var request = Request(
            form: chosen, maxPixels: maxPixels, textLanguage: textLanguage ?? "eng")
        request.json = json
        request.insistsOnText = textLanguage != nil
        return request
    }
}
