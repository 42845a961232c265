import Signals

/// The known names that someone may have meant, best first, three at most.
func nearest(to name: String, among known: [String]) -> [String] {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(40))
    let limit = max(1, wanted.count / 3)
    let scored = known.compactMap { candidate -> (name: String, distance: Int)? in
        let letters = Array(candidate.lowercased().unicodeScalars)
        // A longer or shorter tag of the same language: en-au for en-gb.
        let family = wanted.prefix { $0 != "-" }
        if family.count >= 2, letters.prefix(while: { $0 != "-" }).elementsEqual(family) {
            return (candidate, letters.count == family.count ? 0 : 1)
        }
        let distance = editDistance(wanted, letters)
        return distance <= limit ? (candidate, distance) : nil
    }
    var names: [String] = []
    for candidate in scored.sorted(by: { ($0.distance, $0.name) < ($1.distance, $1.name) })
    where !names.contains(candidate.name) && names.count < 3 { names.append(candidate.name) }
    return names
}
