/// Puts decoded blocks where their time stamps say, with silence between them, or cut where they
/// overlap, as in films that were joined without encoding them again.
struct Timeline {
    /// Of the recording by its container, in seconds; negative where unknown.
    private let durationSeconds: Double
    /// Frames given out, counted at the rate of the block that came last.
    private(set) var position = 0
    private var sampleRate = 0
    private var channelCount = 1
    /// Frames before here are not wanted, after a jump.
    private var wantedFrom: Int?
    private var silentFrames = 0
    /// What comes after the silence.
    private var waiting: SoundBlock?

    /// Time stamps are rounded to milliseconds in some containers, and jitter in others.
    private static let toleratedSeconds = 0.02
    /// Less is not seen beside a picture.
    private static let toleratedOverlap = 0.04
    /// A longer overlap is a clock that was set anew.
    private static let longestOverlap = 1.0
    /// A longer silence is a damaged time stamp, where the container does not say how long it is.
    private static let longestSilence = 3600.0

    init(durationSeconds: Double) { self.durationSeconds = durationSeconds }

    var foundSeconds: Double { sampleRate > 0 ? Double(position) / Double(sampleRate) : 0 }

    /// The next blocks come from about here; frames before it are left out.
    mutating func jump(toFrame frame: Int) {
        (position, wantedFrom, silentFrames, waiting) = (frame, frame, 0, nil)
    }

    /// Takes a decoded block.
    ///
    /// - Parameters:
    ///   - block: what was decoded.
    ///   - startSeconds: by the time stamp; NaN where there is none.
    /// - Returns: what can be given out now; nil where silence comes first or nothing is left.
    mutating func place(_ block: SoundBlock, startSeconds: Double) -> SoundBlock? {
        if sampleRate > 0, block.sampleRate != sampleRate {
            position = Int(foundSeconds * Double(block.sampleRate))
        }
        (sampleRate, channelCount) = (block.sampleRate, block.channelCount)
        let start = frame(at: startSeconds)
        if let from = wantedFrom { return placeAfterJump(block, start: start, from: from) }
        guard let start else { return give(block) }
        let gap = start - position
        if position == 0, gap < 0 { return give(block.dropping(-gap)) }
        let overlap = Double(-gap) / Double(sampleRate)
        if overlap > Self.toleratedOverlap, overlap <= Self.longestOverlap {
            return give(block.dropping(-gap))
        }
        let tolerated = position == 0 ? 0 : Int(Self.toleratedSeconds * Double(sampleRate))
        guard gap > tolerated, isBelievable(startSeconds) else { return give(block) }
        (silentFrames, waiting) = (gap, block)
        return nil
    }

    /// A part of the silence before the block that waits, or that block.
    mutating func nextSilence() -> SoundBlock? {
        guard silentFrames > 0 else {
            defer { waiting = nil }
            return waiting.map { give($0) } ?? nil
        }
        let count = min(silentFrames, max(1, blockSize / channelCount))
        silentFrames -= count
        return give(
            SoundBlock(
                samples: Array(repeating: 0, count: count * channelCount),
                channelCount: channelCount, sampleRate: sampleRate))
    }

    private mutating func placeAfterJump(
        _ block: SoundBlock, start: Int?, from: Int
    ) -> SoundBlock? {
        // Without a time stamp, which this container always has, it counts as following on.
        let late = from - (start ?? from)
        guard late < block.frameCount else { return nil }
        wantedFrom = nil
        return give(block.dropping(max(0, late)))
    }

    private mutating func give(_ block: SoundBlock) -> SoundBlock? {
        position += block.frameCount
        return block.samples.isEmpty ? nil : block
    }

    private func frame(at seconds: Double) -> Int? {
        let place = (seconds * Double(sampleRate)).rounded()
        return abs(place) < 0x1p52 ? Int(place) : nil
    }

    private func isBelievable(_ startSeconds: Double) -> Bool {
        durationSeconds > 0
            ? startSeconds <= durationSeconds + 1
            : startSeconds - foundSeconds <= Self.longestSilence
    }
}

extension SoundBlock {
    fileprivate func dropping(_ frames: Int) -> SoundBlock {
        var block = self
        block.samples.removeFirst(min(samples.count, frames * channelCount))
        return block
    }
}
