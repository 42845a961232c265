/// A decoder that gives up at damage, and FFmpeg after it, which goes on behind the damage.
///
/// Both count the same samples, so that the second one starts where the first one ended.
final class RescuedDecoder: SoundDecoder {
    private let bytes: InputBytes
    private let first: SoundFileDecoder
    private var second: MediaDecoder?
    private var isOver = false
    private var position = 0
    private var secondHelped = false
    /// Frames of the second decoder that the first one has given.
    private var known = 0

    init(_ first: SoundFileDecoder, bytes: InputBytes) {
        self.first = first
        self.bytes = bytes
    }

    var channelCount: Int { first.channelCount }
    var sampleRate: Int { first.sampleRate }
    var durationSeconds: Double? { first.durationSeconds }
    var damage: SoundInputError? { secondHelped ? second?.damage : second?.damage ?? first.damage }

    func next() throws(SoundInputError) -> SoundBlock? {
        if second == nil, !isOver {
            if let block = try first.next() {
                position += block.frameCount
                return block
            }
            startSecond()
        }
        while let block = try second?.next() {
            let isKnown = min(known, block.frameCount)
            known -= isKnown
            var rest = block
            rest.samples.removeFirst(isKnown * block.channelCount)
            guard !rest.samples.isEmpty else { continue }
            secondHelped = true
            return rest
        }
        return nil
    }

    func seek(toFrame frame: Int) -> Bool {
        guard second == nil, first.seek(toFrame: frame) else { return false }
        position = frame
        return true
    }

    private func startSecond() {
        isOver = true
        guard first.damage != nil else { return }
        // Where FFmpeg is missing or finds no more, what the first one says stands.
        guard let other = try? MediaDecoder(bytes), other.sampleRate == sampleRate else { return }
        second = other
        known = position
    }
}
