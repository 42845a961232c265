/// Makes utterances of what is written, in the order in which they are said.
package protocol UtteranceReader {
    /// Waits for the next utterance.
    ///
    /// - Returns: nil at the end of the input.
    /// - Throws: `ReadingError` where the input breaks off, and what is wrong with its markup.
    mutating func next() throws -> Utterance?

    /// Where a range of the input stands, in scalars; asked for between one `next` and another, about
    /// the utterance that the first has returned.
    func place(of range: Range<Int>) -> SourcePlace
}
