import Glibc
import Signals

/// The most telling moments of a film.
///
/// One after the other is taken that lasts long, says much and says something other than those that
/// are taken already.
///
/// - Parameters:
///   - moments: all, in order.
///   - count: how many are wanted.
/// - Returns: at most so many, in order.
package func mostTelling(_ moments: [Moment], count: Int) -> [Moment] {
    var taken: [Int] = []
    let words = moments.map { moment in
        Set(moment.lines.joined(separator: " ").lowercased().split { !$0.isLetter })
    }
    while taken.count < min(count, moments.count) {
        let best = moments.indices.filter { !taken.contains($0) }.max { a, b in
            worth(a) < worth(b)
        }
        guard let best else { break }
        taken.append(best)
    }
    return taken.sorted().map { moments[$0] }

    func worth(_ i: Int) -> Double {
        let novelty = taken.map { 1 - likeness(words[i], words[$0]) }.min() ?? 1
        let length = log(1 + moments[i].range.durationSeconds)
        let content = moments[i].saysMore ? 1.0 : 0.2
        // So that of moments alike in everything else the first is taken.
        return content * (0.1 + novelty) * (0.5 + length) - Double(i) * 1e-9
    }
}

/// Words in common over all words, 0 to 1 (Jaccard).
private func likeness(_ a: Set<Substring>, _ b: Set<Substring>) -> Double {
    let union = a.union(b).count
    return union == 0 ? 1 : Double(a.intersection(b).count) / Double(union)
}
