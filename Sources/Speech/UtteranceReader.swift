/// Makes utterances of what is written, in the order in which they are said.
package protocol UtteranceReader {
    /// Waits for the next utterance.
    ///
    /// - Returns: nil at the end of the input.
    /// - Throws: `ReadingError` where the input breaks off, and what is wrong with its markup.
    mutating func next() throws -> Utterance?
}
