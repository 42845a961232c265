import Models
import Signals

/// Cuts a stream of sound into pieces in which somebody speaks.
///
///     recording  ....ssss..ss...........sssssssssssssssssssssssssssss...
///     pieces        [ssss..ss.]        [ssssssssssssssssss][sssssssssss.]
///                    gap: kept          longer than a window: cut where it is quietest
///
/// Pieces hold the recording's samples as they stand (what is no number is 0), do not overlap, and
/// do not depend on how the stream is split into calls. Memory holds a window and a little more,
/// however long the stream is.
package struct SpeechCutter: Sendable {
    private let rules: CuttingRules
    private let limit: Int
    private let padding: Int
    private let pieceGap: Int
    private var detector: (any VoiceDetector)?
    private let chunkSamples: Int

    private var regions: RegionTracker
    private var cutPoint = CutPoint()
    /// From the sample `bufferStart` on to the last one heard.
    private var buffer: [Float] = []
    private var bufferStart = 0
    /// Number of the chunk to weigh next.
    private var chunk = 0
    /// Where the open piece begins.
    private var pieceStart: Int?
    /// Where the piece before ends.
    private var previousEnd = 0

    /// - Parameters:
    ///   - detector: fresh; nil takes all sound for speech, silence aside, window after window
    ///   - rules: when to cut
    ///   - limitSamples: of a piece, at least a second
    package init(detector: (any VoiceDetector)?, rules: CuttingRules, limitSamples: Int) {
        precondition(limitSamples >= speechSampleRate, "pieces of \(limitSamples) samples")
        let rate = Double(speechSampleRate)
        self.detector = detector
        self.rules = rules
        limit = limitSamples
        chunkSamples = detector?.chunkSamples ?? limitSamples
        padding = Int(rules.paddingSeconds * rate)
        pieceGap = Int(rules.pieceGapSeconds * rate)
        regions = RegionTracker(rules, chunkSeconds: Double(chunkSamples) / rate)
    }

    /// Samples given so far.
    package var heardSamples: Int { bufferStart + buffer.count }

    /// Samples in memory: at most a window and a few seconds.
    package var heldSamples: Int { buffer.count }

    /// The piece that is open now, up to the last chunk weighed; it may still grow, be cut, or turn
    /// out to be a noise.
    package var pending: SpeechPiece? {
        guard let start = pieceStart else { return nil }
        return piece(from: start, to: min(chunk * chunkSamples, heardSamples), isLast: false)
    }

    /// Takes more of the stream.
    ///
    /// - Parameter samples: as many as there are
    /// - Returns: the pieces that are settled by them
    package mutating func add(_ samples: [Float]) -> [SpeechPiece] {
        var pieces: [SpeechPiece] = []
        // Not all at once: a long array would be held twice.
        for start in stride(from: 0, to: samples.count, by: speechSampleRate) {
            let end = min(start + speechSampleRate, samples.count)
            buffer.append(contentsOf: samples[start..<end].lazy.map { $0.isFinite ? $0 : 0 })
            while (chunk + 1) * chunkSamples <= heardSamples {
                if let piece = weighChunk() { pieces.append(piece) }
            }
            forgetSound()
        }
        return pieces
    }

    /// Ends the stream.
    ///
    /// - Returns: the pieces that were still open
    package mutating func finish() -> [SpeechPiece] {
        var pieces: [SpeechPiece] = []
        if chunk * chunkSamples < heardSamples, let piece = weighChunk() { pieces.append(piece) }
        regions.settle()
        if let last = regions.regions.last, let start = pieceStart {
            let end = min(last.upperBound * chunkSamples + padding, heardSamples, start + limit)
            pieces.append(close(from: start, to: end, isLast: true))
        }
        pieceStart = nil
        return pieces
    }

    /// - Returns: the piece that this chunk settles
    private mutating func weighChunk() -> SpeechPiece? {
        let start = chunk * chunkSamples
        let end = min(start + chunkSamples, heardSamples)
        let sound = Array(buffer[(start - bufferStart)..<(end - bufferStart)])
        defer { chunk += 1 }
        guard detector != nil else {
            guard !rules.silenceGate.isSilent(sound) else { return nil }
            let whole = TimeRange(startSeconds: seconds(start), endSeconds: seconds(end))
            return SpeechPiece(
                startSample: start, samples: sound, speech: [whole],
                isLast: sound.count < chunkSamples)
        }
        let full = sound + [Float](repeating: 0, count: chunkSamples - sound.count)
        let weighed = detector?.speechProbability(of: full) ?? 0
        let probability = rules.silenceGate.isSilent(sound) ? 0 : weighed
        regions.hear(probability, at: chunk)
        cutPoint.hear(probability, full, at: chunk)
        return settledPiece(heardTo: end)
    }

    private mutating func settledPiece(heardTo end: Int) -> SpeechPiece? {
        let found = regions.regions
        guard let first = found.first, let last = found.last else {
            pieceStart = nil
            cutPoint.forget(before: chunk + 1)
            return nil
        }
        let start = pieceStart ?? max(previousEnd, first.lowerBound * chunkSamples - padding)
        pieceStart = start
        let lastEnd = last.upperBound * chunkSamples
        let isFull = end + chunkSamples > start + limit
        if !regions.isOpen, isFull || end - lastEnd >= pieceGap {
            return close(from: start, to: min(lastEnd + padding, end), isLast: true)
        }
        return isFull ? cut(from: start, heardTo: end) : nil
    }

    /// Cuts a piece that has reached the limit while somebody speaks.
    private mutating func cut(from start: Int, heardTo end: Int) -> SpeechPiece {
        let earliest = (start + limit / 3 * 2) / chunkSamples + 1
        let best = cutPoint.best(in: earliest..<max(earliest, end / chunkSamples))
        let at = min(best * chunkSamples, end)
        let found = regions.regions
        guard let next = found.first(where: { $0.upperBound > best }), next.lowerBound < best else {
            return closeInPause(from: start, before: best)
        }
        return close(from: start, to: at, isLast: false, before: best)
    }

    /// Ends a full piece after the last region before a chunk.
    private mutating func closeInPause(from start: Int, before chunk: Int) -> SpeechPiece {
        let found = regions.regions
        let speechEnd = (found.last { $0.upperBound <= chunk }?.upperBound ?? chunk) * chunkSamples
        let nextStart = (found.first { $0.lowerBound >= chunk }?.lowerBound ?? chunk) * chunkSamples
        // A short pause is shared, so that both pieces have some of it around their speech.
        let end = speechEnd + min(padding, (nextStart - speechEnd) / 2)
        return close(from: start, to: end, isLast: true, before: chunk)
    }

    /// Makes the piece and goes on behind it.
    ///
    /// - Parameters:
    ///   - start: of the piece
    ///   - end: of the piece
    ///   - isLast: whether silence follows
    ///   - next: the chunk that what follows begins with
    /// - Returns: the piece
    private mutating func close(
        from start: Int, to end: Int, isLast: Bool, before next: Int? = nil
    ) -> SpeechPiece {
        let closed = piece(from: start, to: end, isLast: isLast)
        let next = next ?? chunk + 1
        regions.forget(before: next)
        cutPoint.forget(before: next)
        previousEnd = end
        pieceStart = regions.regions.first.map { max(end, $0.lowerBound * chunkSamples - padding) }
        return closed
    }

    private func piece(from start: Int, to end: Int, isLast: Bool) -> SpeechPiece {
        let speech = regions.regions.compactMap { region -> TimeRange? in
            let first = max(region.lowerBound * chunkSamples, start)
            let last = min(region.upperBound * chunkSamples, end)
            guard first < last else { return nil }
            return TimeRange(startSeconds: seconds(first), endSeconds: seconds(last))
        }
        return SpeechPiece(
            startSample: start,
            samples: Array(buffer[(start - bufferStart)..<(end - bufferStart)]), speech: speech,
            isLast: isLast)
    }

    /// Lets go of the sound that no piece can need, a second or more at a time.
    private mutating func forgetSound() {
        let weighed = chunk * chunkSamples
        let needed = pieceStart ?? max(weighed - padding, min(previousEnd, weighed))
        let count = min(needed, weighed) - bufferStart
        guard count >= speechSampleRate else { return }
        buffer.removeFirst(count)
        bufferStart += count
    }
}

private func seconds(_ sample: Int) -> Double { Double(sample) / Double(speechSampleRate) }
