/// What a document's parser hands on: a sentence, a heading, a row, not yet put into words.
package struct Piece: Sendable, Equatable {
    package var passage: Passage
    /// Silence before it.
    package var pauseSeconds = 0.0
    /// Percent; a heading is higher, a quotation lower.
    package var pitchRise = 0
    /// As the document declares it.
    package var language: String?
    /// Is said as it is, without a look at what is written in it.
    package var prepared: Utterance?
}

/// Reads a kind of document, bit by bit.
package protocol DocumentParser {
    /// - Returns: what is known to be complete now.
    /// - Throws: what is wrong with the markup.
    mutating func add(_ text: Passage) throws -> [Piece]
    /// The input rests for a moment.
    ///
    /// - Returns: what makes sense by itself.
    mutating func pause() throws -> [Piece]
    /// The input has ended.
    mutating func finish() throws -> [Piece]
}

/// Reads plain text, whose sentences are all there is to it.
package struct PlainText: DocumentParser {
    private var splitter: SentenceSplitter

    /// - Parameter language: of the text.
    package init(language: String = "en") {
        splitter = SentenceSplitter(language: language)
    }

    package mutating func add(_ text: Passage) -> [Piece] {
        splitter.add(text).map { Piece(passage: $0) }
    }

    package mutating func pause() -> [Piece] { splitter.pause().map { Piece(passage: $0) } }

    package mutating func finish() -> [Piece] { splitter.finish().map { Piece(passage: $0) } }
}
