import Describing
import Video

/// What is wanted of films.
package struct FilmRequest: Sendable {
    package var sampling = Sampling.scenes(longestGapSeconds: 10)
    package var range = FilmRange()
    package var options = FilmOptions()
    package var format = FilmFormat.text
    /// Whether words in the picture are read.
    package var readsText = true
    package var textLanguage = "eng"
    /// True where the user named the language: then text is wanted, not merely welcome.
    package var insistsOnText = false
    /// Words that each caption must begin with.
    package var prefix: String?
    /// A folder for the frames that are described.
    package var framesFolder: String?
    /// A file that what is done is kept in, and that an earlier run may have begun.
    package var journal: String?
    /// Only so many moments, the most telling ones.
    package var summaryCount: Int?
    /// A file for the chapters, by its ending.
    package var chapters: String?
    package var narration = NarrationRequest()

    package init() {}

    /// What is looked for in a frame.
    var lookRequest: Request {
        var request = Request(form: readsText ? .frame : .brief, textLanguage: textLanguage)
        request.prefix = prefix
        request.insistsOnText = insistsOnText
        return request
    }
}

/// How the answer is written.
package enum FilmFormat: String, Sendable, CaseIterable {
    case text
    case vtt
    case srt
    case json
    case jsonl
    case tsv
    case html

    /// Whether several films can share one output.
    package var canHoldSeveral: Bool {
        switch self {
        case .text, .json, .jsonl: true
        case .vtt, .srt, .tsv, .html: false
        }
    }
}
