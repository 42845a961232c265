/// What splits a text into the words that a model cuts further.
///
/// Source: `tokenizers/src/pre_tokenizers/`.
indirect enum PreTokenizer: Sendable {
    case sequence([PreTokenizer])
    case bert
    case byteLevel(addsPrefixSpace: Bool, splits: Bool)
    case split(SplitPattern, SplitBehavior, inverted: Bool)
    case whitespace
    case whitespaceSplit
    case digits(individual: Bool)

    enum SplitBehavior: String, Sendable {
        case removed = "Removed"
        case isolated = "Isolated"
        case mergedWithPrevious = "MergedWithPrevious"
        case mergedWithNext = "MergedWithNext"
        case contiguous = "Contiguous"
    }

    func callAsFunction(_ word: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        switch self {
        case .sequence(let parts):
            parts.reduce([word]) { words, part in words.flatMap { part($0) } }
        case .bert: bertWords(word)
        case .byteLevel(let addsPrefixSpace, let splits):
            byteLevelWords(word, addsPrefixSpace: addsPrefixSpace, splits: splits)
        case .split(let pattern, let behavior, let inverted):
            joined(word, pattern.pieces(of: word), behavior, inverted: inverted)
        case .whitespace:
            joined(word, SplitPattern.words.pieces(of: word), .removed, inverted: true)
        case .whitespaceSplit: runs(word, .removed) { $0.isWhitespace }
        case .digits(let individual):
            runs(word, individual ? .isolated : .contiguous) { $0.isInCategory("N") }
        }
    }
}

private func bertWords(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    runs(text, .removed) { $0.isWhitespace }
        .flatMap { runs($0, .isolated) { $0.isBertPunctuation } }
}

private func byteLevelWords(
    _ text: [Unicode.Scalar], addsPrefixSpace: Bool, splits: Bool
) -> [[Unicode.Scalar]] {
    let spaced = addsPrefixSpace && text.first != " " ? [" "] + text : text
    let words =
        splits ? SplitPattern.gpt2.pieces(of: spaced).map { spaced[$0.range] } : [spaced[...]]
    return words.map { ByteAlphabet.spelled($0) }
}

/// Splits by single characters, each a match of its own.
private func runs(
    _ text: [Unicode.Scalar], _ behavior: PreTokenizer.SplitBehavior,
    where isMatch: (Unicode.Scalar) -> Bool
) -> [[Unicode.Scalar]] {
    var pieces: [SplitPattern.Piece] = []
    var start = 0
    for (i, scalar) in text.enumerated() where isMatch(scalar) {
        if start < i { pieces.append(.init(range: start..<i, isMatch: false)) }
        pieces.append(.init(range: i..<(i + 1), isMatch: true))
        start = i + 1
    }
    if start < text.count { pieces.append(.init(range: start..<text.count, isMatch: false)) }
    return joined(text, pieces, behavior, inverted: false)
}

/// Source: `NormalizedString::split` in `tokenizers/src/tokenizer/normalizer.rs`.
private func joined(
    _ text: [Unicode.Scalar], _ pieces: [SplitPattern.Piece],
    _ behavior: PreTokenizer.SplitBehavior, inverted: Bool
) -> [[Unicode.Scalar]] {
    var ranges: [Range<Int>] = []
    var previousIsMatch = false
    for piece in behavior == .mergedWithNext ? pieces.reversed() : pieces {
        let isMatch = piece.isMatch != inverted
        let joins =
            switch behavior {
            case .removed, .isolated: false
            case .contiguous: isMatch == previousIsMatch
            case .mergedWithPrevious, .mergedWithNext: isMatch && !previousIsMatch
            }
        if joins, let last = ranges.popLast() {
            ranges.append(
                min(
                    last.lowerBound, piece.range.lowerBound)..<max(
                        last.upperBound, piece.range.upperBound))
        } else if !(behavior == .removed && isMatch) {
            ranges.append(piece.range)
        }
        previousIsMatch = isMatch
    }
    if behavior == .mergedWithNext { ranges.reverse() }
    return ranges.map { Array(text[$0]) }
}
