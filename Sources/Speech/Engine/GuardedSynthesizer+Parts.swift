extension GuardedSynthesizer {
    /// A part of a text that could not be spoken.
    package struct Loss: Sendable, Equatable {
        /// In Unicode scalars of the order's text.
        package let spoken: Range<Int>
        package let reason: String
    }

    /// So often an engine may die of one text before the rest of it is given up.
    private static let mostDeaths = 24
    /// A hang costs as much time as hundreds of deaths.
    fileprivate static let deathsPerHang = 8

    /// Speaks as much of a text as the engine survives.
    ///
    /// What it dies of as a whole it mostly survives in halves, so they are tried, down to a word; it
    /// goes on from the last word that was begun where a part was heard already. Markup is not cut.
    ///
    /// - Parameters:
    ///   - order: the text, the voice, and how.
    ///   - sink: gets the sound, piece by piece, as of one text; what it throws stops the speech.
    /// - Returns: the parts that are lost, in order; empty where everything is spoken.
    /// - Throws: `SpeechError` where there is no engine at all, and what `sink` throws.
    package mutating func speakInParts(
        _ order: SpeechOrder, to sink: (SpeechPiece) throws -> Void
    ) throws -> [Loss] {
        let scalars = Array(order.text.text.unicodeScalars)
        var waiting = [0..<scalars.count]
        var losses: [Loss] = []
        var deaths = 0
        var sampleCount = 0
        while let range = waiting.popLast() {
            let isWhole = range.count == scalars.count
            let (start, offset) = (sampleCount, range.lowerBound)
            var begun = offset
            do {
                let part = isWhole ? order : order.part(of: scalars, range)
                try speak(part) { piece in
                    let moved = piece.moved(scalars: offset, samples: start)
                    sampleCount += piece.samples.count
                    let word = moved.words.last { $0.sample < sampleCount && $0.length > 0 }
                    begun = max(begun, word?.scalar ?? begun)
                    try sink(moved)
                }
            } catch let error as SpeechError {
                guard let (reason, weight) = error.cost else { throw error }
                deaths += weight
                let mayGoOn = deaths <= Self.mostDeaths && !order.form.isMarkup
                let rest = begun..<range.upperBound
                if mayGoOn, begun > offset, !rest.isEmpty {
                    waiting.append(rest)
                } else if mayGoOn, let middle = halfway(scalars, range) {
                    waiting += [middle..<range.upperBound, offset..<middle]
                } else {
                    losses.append(Loss(spoken: range, reason: reason))
                }
            }
        }
        return losses
    }
}

extension SpeechError {
    /// Why a text was lost, and how many deaths that counts for; nil where there is no engine.
    fileprivate var cost: (reason: String, deaths: Int)? {
        switch self {
        case .engineDied(let reason), .engineFailed(let reason): (reason, 1)
        case .engineHung: ("it hung", GuardedSynthesizer.deathsPerHang)
        default: nil
        }
    }
}

extension SpeechOrder {
    /// A stretch of the text as a text of its own, without a pause unless it is the last.
    fileprivate func part(of scalars: [Unicode.Scalar], _ range: Range<Int>) -> SpeechOrder {
        var part = self
        part.text = SpeakableText(passedOn: String(String.UnicodeScalarView(scalars[range])))
        part.form.isContinued = form.isContinued || range.upperBound < scalars.count
        return part
    }
}

extension SpeechPiece {
    fileprivate func moved(scalars: Int, samples: Int) -> SpeechPiece {
        SpeechPiece(
            samples: self.samples,
            words: words.map {
                WordStart(
                    scalar: $0.scalar + scalars, length: $0.length, sample: $0.sample + samples)
            })
    }
}

/// The start of the word nearest to the middle; nil for one word.
private func halfway(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Int? {
    guard let first = scalars[range].firstIndex(where: { !$0.isSpace }) else { return nil }
    let middle = range.lowerBound + range.count / 2
    let starts = range.dropFirst().filter {
        $0 > first && scalars[$0 - 1].isSpace && !scalars[$0].isSpace
    }
    return starts.min { abs($0 - middle) < abs($1 - middle) }
}
