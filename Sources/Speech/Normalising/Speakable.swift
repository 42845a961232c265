/// Makes text safe for the engine, and lets the origins of its words follow.
///
/// - Parameters:
///   - scalars: what is said.
///   - origins: of its words.
/// - Returns: the safe text, the origins in it, and whether it is the same text.
func speakable(
    _ scalars: [Unicode.Scalar], _ origins: [Utterance.Origin]
) -> (text: SpeakableText, origins: [Utterance.Origin], isSame: Bool) {
    let text = SpeakableText(String(String.UnicodeScalarView(scalars)))
    let safe = Array(text.text.unicodeScalars)
    if safe == scalars { return (text, origins, true) }
    let places = alignment(of: scalars, with: safe)
    let moved = origins.compactMap { origin -> Utterance.Origin? in
        let spoken = places[origin.spoken.lowerBound]..<places[origin.spoken.upperBound]
        return spoken.isEmpty ? nil : Utterance.Origin(spoken: spoken, written: origin.written)
    }
    return (text, moved, false)
}

/// For each scalar of `source`, and its end, the index in `safe` of what is left of it or follows.
///
/// `safe` lacks some of the source's scalars and has more spaces, some of them in place of a dot.
private func alignment(of source: [Unicode.Scalar], with safe: [Unicode.Scalar]) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(source.count + 1)
    var next = 0
    for scalar in source {
        // A space that the source lacks.
        if next < safe.count, safe[next] == " ", !scalar.isSpace, scalar != ".",
            next + 1 < safe.count, safe[next + 1] == scalar
        {
            next += 1
        }
        places.append(next)
        guard next < safe.count else { continue }
        if safe[next] == scalar || safe[next].isSpace && (scalar.isSpace || scalar == ".") {
            next += 1
        }
    }
    return places + [next]
}
