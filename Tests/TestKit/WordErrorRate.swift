import Signals

/// How far a transcript is from what was said.
///
/// Both as words in small letters without punctuation, as transcripts are usually scored.
///
/// - Parameters:
///   - said: the truth
///   - written: what a recogniser wrote
/// - Returns: words replaced, left out and added, and the words that were said
package func wordErrors(said: String, written: String) -> (errors: Int, words: Int) {
    let said = scoredWords(said)
    let written = scoredWords(written)
    return (editDistance(said, written), said.count)
}

private func scoredWords(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(String.init)
}
