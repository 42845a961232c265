import Models
import Reading
import Signals

/// What was found out about one picture; a part that nobody looked for is nil.
package struct Observation: Sendable {
    package let input: String
    package let image: Image
    package let facts: Facts
    /// The captioner's name and words.
    package var caption: Said?
    package var answer: Said?
    package var text: [TextBlock]?
    package var codes: [Code]?

    /// Words of a model.
    package struct Said: Sendable {
        package let model: String
        package let description: Description

        package init(model: String, description: Description) {
            self.model = model
            self.description = description
        }

        /// Hedged where the model was not sure; empty where it said nothing.
        package var sentence: String { Wording.sentence(description) }
    }

    package init(input: String, image: Image, facts: Facts) {
        self.input = input
        self.image = image
        self.facts = facts
    }
}

extension Observation {
    /// A blank picture is called blank, whatever a model might see in it.
    package var isBlank: Bool { facts.kind == .blank }

    /// The lines that say one part of what was found.
    ///
    /// - Parameters:
    ///   - part: which.
    ///   - form: what the lines are for.
    /// - Returns: none where there is nothing to say.
    package func lines(_ part: Request.Part, for form: Request.Form) -> [String] {
        switch part {
        case .words where form == .alt: []
        case .words: opening(for: form)
        case .text where form == .alt: []
        case .text where form == .read: linesOfText
        case .text: Wording.joiningLabels((text ?? []).map(\.text)).map { "Text: " + $0 }
        case .codes where form == .alt: []
        case .codes: (codes ?? []).map { "Code: " + Wording.oneLine($0.text) }
        // Where they carried the answer, they have been said.
        case .facts: openingIsFacts ? [] : measured
        case .alt: [altText]
        case .answer: [answerSentence]
        }
    }

    /// A camera's name comes out of the file, so it is made harmless like text and codes.
    private var measured: [String] { facts.sentences().map(Wording.oneLine) }

    private var openingIsFacts: Bool { isBlank || (caption?.sentence ?? "").isEmpty }

    private func opening(for form: Request.Form) -> [String] {
        if let caption, !openingIsFacts { return [caption.sentence] }
        if isBlank && form != .full { return Array(measured.prefix(1)) }
        return form == .brief ? [measured.joined(separator: " ")] : measured
    }

    /// As they stand in the picture, an empty line between blocks.
    private var linesOfText: [String] {
        (text ?? []).map { block in
            block.text.split(separator: "\n").map { Wording.oneLine(String($0)) }
        }.joined(separator: [""]).map(\.self)
    }

    private var answerSentence: String {
        (isBlank ? measured.first : answer?.sentence) ?? ""
    }

    /// Of a picture that is not blank: the text where that is all there is, else the caption; without
    /// one the kind with its text, else a code, else the facts.
    package var altText: String {
        if isBlank { return AltText.line(measured.first ?? "") }
        let words = Wording.sentences(Wording.joiningLabels((text ?? []).map(\.text)))
        if showsOnlyText(image, text ?? []) { return AltText.line(quoting: words) }
        if !openingIsFacts, let caption { return AltText.line(caption.sentence) }
        if !words.isEmpty {
            return AltText.line(quoting: "\(facts.kindInWords), with the text: \(words)")
        }
        if let code = codes?.first {
            return AltText.line(quoting: "\(code.kind.rawValue): \(code.text)")
        }
        return AltText.line(measured.joined(separator: " "))
    }
}
