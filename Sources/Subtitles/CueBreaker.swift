/// Finds the cues and lines that a stretch of speech reads best in.
///
/// Every way to part the pieces into cues within the limits has a cost; dynamic programming finds the
/// cheapest. `cheapest[i]` is the least cost of the pieces from `i` on.
struct CueBreaker {
    private let pieces: [Piece]
    private let places: [BreakPlace]
    private let profile: SubtitleProfile
    private let timing: Timing
    private let nextStart: Int?
    /// Columns of the pieces before each, with their spaces.
    private let columnsBefore: [Int]

    /// A cue, as the lines that it has.
    typealias Lines = [Range<Int>]

    /// - Parameters:
    ///   - pieces: of one speaker, none wider than a line.
    ///   - profile: the limits.
    ///   - nextStart: when the next speech starts, in milliseconds; nil where there is none.
    init(_ pieces: [Piece], _ profile: SubtitleProfile, nextStart: Int?) {
        self.pieces = pieces
        self.profile = profile
        self.nextStart = nextStart
        timing = Timing(profile)
        // Entry 0 stands for the place before the first piece, where nothing is broken.
        places = pieces.indices.map { BreakPlace(pieces[max(0, $0 - 1)], pieces[$0]) }
        var columns = [0]
        for piece in pieces { columns.append(columns.last.map { $0 + piece.columns } ?? 0) }
        columnsBefore = columns
    }

    /// The lines of each cue, as ranges of pieces; together they are all pieces.
    func cues() -> [Lines] {
        var cheapest = [Double](repeating: .infinity, count: pieces.count) + [0]
        var choice = [Lines](repeating: [], count: pieces.count)
        for start in pieces.indices.reversed() {
            for end in start + 1...pieces.count {
                let isAlone = end == start + 1
                if !isAlone, isTooMuch(start..<end) { break }
                guard let (lineCost, lines) = lines(start..<end, limit: profile.lineLimit)
                else { continue }
                let cost = lineCost + cost(of: start..<end) + cheapest[end]
                if cost < cheapest[start] { (cheapest[start], choice[start]) = (cost, lines) }
            }
        }
        var cues: [Lines] = []
        var start = 0
        while start < pieces.count, let last = choice[start].last {
            cues.append(choice[start])
            start = last.upperBound
        }
        return cues
    }

    func text(_ line: Range<Int>) -> String {
        line.reduce(into: "") { text, i in
            text += (pieces[i].isSpaced && i > line.lowerBound ? " " : "") + pieces[i].text
        }
    }

    func endsSentence(before piece: Int) -> Bool {
        piece < places.count && places[piece].endsSentence
    }

    private func width(_ line: Range<Int>) -> Int {
        columnsBefore[line.upperBound] - columnsBefore[line.lowerBound]
            - (pieces[line.lowerBound].isSpaced ? 1 : 0)
    }

    /// Whether pieces cannot be one cue, however the lines are broken.
    private func isTooMuch(_ range: Range<Int>) -> Bool {
        pieces[range.upperBound - 1].end - pieces[range.lowerBound].start > timing.maximum
            || width(range) > (profile.lineWidth + 1) * profile.lineLimit
    }

    /// One line where it fits, else the cheapest lines that do.
    private func lines(_ range: Range<Int>, limit: Int) -> (cost: Double, lines: Lines)? {
        if width(range) <= profile.lineWidth { return (0, [range]) }
        guard limit > 1 else { return nil }
        var cheapest = Double.infinity
        var best: (place: Int, below: Lines)?
        for place in range.dropFirst() {
            let above = width(range.lowerBound..<place)
            if above > profile.lineWidth { break }
            let rest = place..<range.upperBound
            var (cost, below): (Double, Lines) = (0, [])
            // Most cues have two lines: nothing is collected before one is known to be the best.
            if width(rest) > profile.lineWidth {
                guard limit > 2, let found = lines(rest, limit: limit - 1) else { continue }
                (cost, below) = found
            }
            cost += places[place].cost * 0.5
            cost += imbalance(
                above: Double(above), below: Double(width(rest)) / Double(max(1, below.count)))
            if cost < cheapest { (cheapest, best) = (cost, (place, below)) }
        }
        return best.map { place, below in
            let rest = below.isEmpty ? [place..<range.upperBound] : below
            return (cheapest, [range.lowerBound..<place] + rest)
        }
    }

    /// Lines of about one length read best, else the lower one longer.
    private func imbalance(above: Double, below: Double) -> Double {
        let gap = (above - below) / Double(profile.lineWidth)
        return gap > 0 ? 30 * gap + 2 : -24 * gap
    }

    /// Of a cue, apart from its lines: how it ends, what it holds together, how long it stands.
    private func cost(of range: Range<Int>) -> Double {
        let (start, end) = (range.lowerBound, range.upperBound)
        // Without a price for each, every clause would be a cue of its own.
        var cost = 20.0
        cost += end < pieces.count ? places[end].cost : 0
        let columns = width(range)
        // Two short sentences may share a cue; a short one does not go after a long one.
        let sentenceInside = 21 + 24 * Double(columns) / Double(profile.lineWidth)
        for place in range.dropFirst() {
            if places[place].endsSentence { cost += sentenceInside }
            let pause = places[place].pause
            if pause > 500 { cost += 10 + Double(pause - 500) * 0.06 }
        }
        let isWhole =
            (start == 0 || places[start].endsSentence)
            && (end == pieces.count || places[end].endsSentence)
        if !isWhole, columns < 12 { cost += 40 }
        return cost + timeCost(range, columns: columns)
    }

    /// A cue that must vanish before it is read belongs to its neighbour.
    private func timeCost(_ range: Range<Int>, columns: Int) -> Double {
        let speechEnd = pieces[range.upperBound - 1].end
        let next = range.upperBound < pieces.count ? pieces[range.upperBound].start : nextStart
        let end = min(next.map { $0 - timing.gap } ?? .max, speechEnd + timing.linger)
        let stands = max(1, end - pieces[range.lowerBound].start)
        var cost = 0.0
        let shortest = next == nil ? 0 : timing.minimum
        if stands < shortest { cost += 150 + 150 * (1 - Double(stands) / Double(shortest)) }
        let ratio = Double(columns) * 1000 / Double(stands) / profile.charactersPerSecond
        return cost + (ratio > 1 ? min(20, 20 * (ratio - 1)) : 0)
    }
}

extension Piece {
    /// In the middle of a line.
    fileprivate var columns: Int { width + (isSpaced ? 1 : 0) }
}
