/// Cuts a word into the longest pieces of the vocabulary, from the left.
///
/// Source: `tokenizers/src/models/wordpiece/mod.rs`.
struct WordPiece: Sendable {
    let table: TokenTable
    let unknownID: Int
    /// What marks a piece that goes on a word, "##".
    let prefix: String
    /// Longer words are unknown.
    let longestWord: Int

    func ids(of word: [Unicode.Scalar]) -> [Int] {
        guard word.count <= longestWord else { return [unknownID] }
        var ids: [Int] = []
        var start = 0
        while start < word.count {
            guard let piece = longestPiece(word, from: start) else { return [unknownID] }
            ids.append(piece.id)
            start = piece.end
        }
        return ids
    }

    private func longestPiece(_ word: [Unicode.Scalar], from start: Int) -> (id: Int, end: Int)? {
        var letters = start > 0 ? Array(prefix.utf8) : []
        var ends = [letters.count]
        for scalar in word[start...] {
            letters.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            ends.append(letters.count)
        }
        for length in stride(from: ends.count - 1, to: 0, by: -1) {
            if let id = table.id(of: letters[..<ends[length]]) { return (id, start + length) }
        }
        return nil
    }
}
