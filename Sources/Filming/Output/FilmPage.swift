import FoundationEssentials
import Signals
import Video

/// A web page of a film's moments, in one file: a heading with the time, the frame, the words.
struct FilmPage {
    private let title: String

    /// - Parameter path: of the film; the folders on the way are nobody's business.
    init(of path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        title = Markup.text(name == "-" ? "A film" : name)
    }

    var head: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title), described</title>
        <style>
        body { font: 1.1rem/1.5 sans-serif; max-width: 45rem; margin: 1rem auto; padding: 0 1rem;
          color: #111; background: #fff }
        img { max-width: 100%; height: auto }
        </style>
        </head>
        <body>
        <main>
        <h1>\(title), described</h1>
        <p>A machine wrote these descriptions; they are a draft that a person should check.</p>

        """
    }

    let tail = "</main>\n</body>\n</html>\n"

    /// - Parameters:
    ///   - moment: what is said.
    ///   - picture: its frame as JPEG.
    /// - Returns: one part of the page.
    func section(_ moment: Moment, picture: [UInt8]) -> String {
        let time = clock(moment.range.startSeconds)
        let rest = moment.text.isEmpty ? "not described" : "with words on the screen"
        let alternative = moment.caption ?? "A frame of scene \(moment.scene), \(rest)"
        var lines = [
            "<section>", "<h2>\(time)</h2>",
            "<img src=\"data:image/jpeg;base64,\(Data(picture).base64EncodedString())\" alt=\"\(Markup.text(alternative))\">",
        ]
        if let caption = moment.caption {
            // The words are the picture's alternative already; a screen reader need not say them twice.
            lines.append("<p aria-hidden=\"true\">\(Markup.text(caption))</p>")
        }
        lines += moment.text.map { "<p>Text on the screen: <q>\(Markup.text($0))</q></p>" }
        return (lines + ["</section>", ""]).joined(separator: "\n")
    }
}

/// Text made fit for a page.
enum Markup {
    /// - Parameter text: from anywhere.
    /// - Returns: the same for HTML, in elements and between double quotes.
    static func text(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _ where scalar.properties.generalCategory == .control: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
