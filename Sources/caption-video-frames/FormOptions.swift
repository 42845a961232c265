import ArgumentParser
import Filming

/// What is said of a film, and in which form.
struct FormOptions: ParsableArguments {
    @Option(
        help: """
            text: lines with times. vtt: a track of descriptions. srt: subtitles. json: an object \
            for each film. jsonl: an object for each description. tsv: start and end in \
            milliseconds, words, text. html: a page with the frames in it.
            """)
    var format = FilmFormat.text

    @Flag(help: "Do not read words on the screen.")
    var noText = false

    @Option(
        help: ArgumentHelp(
            "Language of the words on the screen, as Tesseract names it: eng, deu, eng+deu. Default: eng.",
            valueName: "language"))
    var textLanguage: String?

    @Option(
        name: .customLong("frames"),
        help: ArgumentHelp(
            "Save the frames that are described in FOLDER, as JPEG files named after their times.",
            valueName: "folder"),
        completion: .directory)
    var framesFolder: String?

    @Option(
        help: ArgumentHelp(
            "Write a chapter for each scene to FILE: WebVTT where its name ends in .vtt, else metadata for ffmpeg.",
            valueName: "file"),
        completion: .file())
    var chapters: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only the most telling descriptions, so many.", valueName: "count"))
    var summary: Int?

    @Option(
        help: ArgumentHelp(
            "Keep in FILE what is done, line by line; where an earlier run was stopped, go on from there.",
            valueName: "file"),
        completion: .file())
    var resume: String?

    func validate() throws {
        if noText && textLanguage != nil {
            throw ValidationError("--text-language is for text, and --no-text leaves it out.")
        }
        if let summary, summary < 1 {
            throw ValidationError("--summary takes a number from 1, not \(summary).")
        }
        if resume != nil && format == .html {
            throw ValidationError("--resume keeps no pictures, which --format html needs.")
        }
        for (name, value) in [
            ("--frames", framesFolder), ("--chapters", chapters), ("--resume", resume),
        ] where value?.isEmpty == true {
            throw ValidationError("\(name) needs a name.")
        }
    }

    /// An option that would write the same file for each of several films.
    var optionForOneFilm: String? {
        if chapters != nil { return "--chapters" }
        return resume == nil ? nil : "--resume"
    }

    /// Of the files in a folder of answers.
    var ending: String { format == .text ? "txt" : format.rawValue }

    var request: FilmRequest {
        var request = FilmRequest()
        request.format = format
        request.readsText = !noText
        request.textLanguage = textLanguage ?? "eng"
        request.insistsOnText = textLanguage != nil
        request.framesFolder = framesFolder
        request.chapters = chapters
        request.summaryCount = summary
        request.journal = resume
        return request
    }
}

extension FilmFormat: ExpressibleByArgument {}
