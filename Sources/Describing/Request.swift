/// What is wanted of each picture.
package struct Request: Sendable {
    package enum Form: Sendable, Equatable {
        /// A caption, then text and codes.
        case standard
        /// The caption alone.
        case brief
        /// Caption, text, codes and the measured facts.
        case full
        /// One line for an `alt` attribute.
        case alt
        /// The text alone.
        case read
        /// A frame of a film: the caption and the text, without what is measured in its place.
        case frame
        case question(String)
    }

    /// A part of the work, in the order in which it is said.
    package enum Part: Sendable {
        case words
        case text
        case codes
        case facts
        case alt
        case answer
    }

    package var form: Form
    /// One JSON object for each picture in place of lines.
    package var json = false
    /// Words that the caption must begin with.
    package var prefix: String?
    package var maxPixels: Int
    package var textLanguage: String
    /// True where the user named the language: then text is wanted, not merely welcome.
    package var insistsOnText = false

    package init(form: Form, maxPixels: Int = 200_000_000, textLanguage: String = "eng") {
        self.form = form
        self.maxPixels = maxPixels
        self.textLanguage = textLanguage
    }

    /// What has to be found out, in order.
    var parts: [Part] {
        switch form {
        case .standard: [.words, .text, .codes]
        case .brief: [.words]
        case .full: [.words, .text, .codes, .facts]
        // A picture that is only text needs no caption, so the text comes first.
        case .alt: [.text, .codes, .words, .alt]
        case .read: [.text]
        case .frame: [.words, .text]
        case .question: [.answer]
        }
    }

    package var wantsCaption: Bool { parts.contains { $0 == .words } }
    var wantsText: Bool { parts.contains { $0 == .text } }
    /// Whether a picture whose text cannot be read is a failure.
    var needsText: Bool { wantsText && (form == .read || insistsOnText) }
}
