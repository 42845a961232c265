/// Joins the probabilities of chunks to regions of speech; positions are numbers of chunks.
struct RegionTracker: Sendable {
    private let rules: CuttingRules
    private let minimumSpeech: Double  // chunks
    private let minimumSilence: Double  // chunks
    private var settled: [Range<Int>] = []
    private var open: OpenRegion?

    private struct OpenRegion {
        var range: Range<Int>
        var isSure: Bool
    }

    init(_ rules: CuttingRules, chunkSeconds: Double) {
        self.rules = rules
        minimumSpeech = rules.minimumSpeechSeconds / chunkSeconds
        minimumSilence = rules.minimumSilenceSeconds / chunkSeconds
    }

    /// In order, the one that is still growing last.
    var regions: [Range<Int>] { settled + (open.map { [$0.range] } ?? []) }

    /// Whether somebody speaks, or pauses too briefly for an end.
    var isOpen: Bool { open != nil }

    /// - Parameters:
    ///   - probability: that somebody speaks in the chunk
    ///   - chunk: its number, one more than that of the call before
    mutating func hear(_ probability: Float, at chunk: Int) {
        guard var region = open else {
            if probability >= rules.speechThreshold {
                open = OpenRegion(
                    range: chunk..<(chunk + 1), isSure: probability >= rules.sureProbability)
            }
            return
        }
        if probability >= rules.speechThreshold - rules.hysteresis {
            region.range = region.range.lowerBound..<(chunk + 1)
            region.isSure = region.isSure || probability >= rules.sureProbability
            open = region
        } else if Double(chunk + 1 - region.range.upperBound) >= minimumSilence {
            settle()
        }
    }

    /// Ends the region that is growing; it goes where it was too short for speech.
    mutating func settle() {
        if let region = open, region.isSure || Double(region.range.count) >= minimumSpeech {
            settled.append(region.range)
        }
        open = nil
    }

    /// Forgets what lies before a chunk; a region around it begins there.
    mutating func forget(before chunk: Int) {
        settled = settled.compactMap {
            $0.upperBound > chunk ? $0.clamped(to: chunk..<Int.max) : nil
        }
        guard let region = open, region.range.lowerBound < chunk else { return }
        guard region.range.upperBound > chunk else {
            open = nil
            return
        }
        // The rest of a long speech may be short and is speech all the same.
        open = OpenRegion(range: chunk..<region.range.upperBound, isSure: true)
    }
}
