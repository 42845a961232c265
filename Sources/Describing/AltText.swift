/// One line fit for the `alt` attribute of a web page.
package enum AltText {
    /// Many screen readers break longer texts in two.
    package static let limit = 150

    /// A description without "a picture of", which the listener knows, cut at a word.
    ///
    /// - Parameter sentence: a caption, or the text of the picture.
    /// - Returns: at most `limit` characters.
    package static func line(_ sentence: String) -> String {
        let line = Wording.oneLine(sentence)
        let hedge = line.hasPrefix("Possibly ") ? "Possibly " : ""
        let rest = withoutAnnouncement(String(line.dropFirst(hedge.count)))
        return shortened(hedge.isEmpty ? Wording.capitalised(rest) : hedge + rest)
    }

    /// Text found in the picture, word for word.
    package static func line(quoting text: String) -> String {
        shortened(Wording.oneLine(text))
    }

    private static let nouns = ["picture", "image", "photo", "photograph", "pic"]
    /// What may stand before the noun without telling anything about what is shown.
    private static let fillers = [
        "this", "is", "there", "a", "an", "the", "close", "up", "close-up", "closeup", "stock",
    ]

    /// - Returns: what follows "a close up picture of", where a sentence begins with such words.
    private static func withoutAnnouncement(_ sentence: String) -> String {
        let words = sentence.split(separator: " ")
        let lead = words.prefix { fillers.contains($0.lowercased()) }
        let rest = words.dropFirst(lead.count)
        guard let noun = rest.first, nouns.contains(noun.lowercased()),
            rest.dropFirst().first?.lowercased() == "of", rest.count > 2
        else { return sentence }
        return rest.dropFirst(2).joined(separator: " ")
    }

    private static func shortened(_ line: String) -> String {
        guard line.count > limit else { return line }
        let kept = line.prefix(limit - 1)
        // A cut in the middle of a word goes back to the space before it.
        let atWord =
            line[kept.endIndex] == " " ? kept : kept.lastIndex(of: " ").map { kept[..<$0] } ?? kept
        let trimmed = atWord.reversed().drop { " ,;:.-".contains($0) }.reversed()
        return String(trimmed) + "…"
    }
}
