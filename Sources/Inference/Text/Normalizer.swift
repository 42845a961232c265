@_spi(_Unicode) import Swift

/// What happens to a text before it is split: letters to one form.
///
/// Source: `tokenizers/src/normalizers/`.
package indirect enum Normalizer: Sendable {
    case sequence([Normalizer])
    case bert(Bert)
    case lowercase
    case composed
    case decomposed
    case stripAccents
    case replace(SplitPattern, with: [Unicode.Scalar])

    /// BERT's own: clean, part ideographs, strip accents, lower-case.
    package struct Bert: Sendable {
        var cleansText = true
        var partsIdeographs = true
        var stripsAccents = true
        var lowercases = true

        /// Everything, as for a lower-case vocabulary.
        package static let uncased = Bert()
    }

    package func callAsFunction(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        switch self {
        case .sequence(let parts): parts.reduce(text) { $1($0) }
        case .bert(let bert): bert(text)
        case .lowercase: lowercased(text)
        case .composed: canonicallyComposed(text)
        case .decomposed: canonicallyDecomposed(text)
        case .stripAccents: text.filter { !$0.isMark }
        case .replace(let pattern, let replacement):
            pattern.pieces(of: text).flatMap { $0.isMatch ? replacement : Array(text[$0.range]) }
        }
    }
}

extension Normalizer.Bert {
    func callAsFunction(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = text
        if cleansText {
            text = text.compactMap { scalar in
                if scalar.value == 0 || scalar.value == 0xFFFD || scalar.isBertControl {
                    return nil
                }
                return scalar.isWhitespace ? " " : scalar
            }
        }
        if partsIdeographs { text = text.flatMap { $0.isBertIdeograph ? [" ", $0, " "] : [$0] } }
        if stripsAccents { text = canonicallyDecomposed(text).filter { !$0.isBertAccent } }
        return lowercases ? lowercased(text) : text
    }
}

private func lowercased(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    text.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
}

// The standard library keeps its normal forms behind an SPI. Foundation has them too, at the cost
// of ICU's data in every start; the tests compare these with the reference.
private func canonicallyDecomposed(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    text.allSatisfy { $0.isASCII } ? text : Array(string(text)._nfd)
}

private func canonicallyComposed(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    text.allSatisfy { $0.isASCII } ? text : Array(string(text)._nfc)
}

private func string(_ text: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text)
    return String(view)
}
