import CMedia

/// Samples that lie in the bytes as they are: raw ones, and those of a WAV file.
final class PlainSamples: SoundDecoder {
    private let bytes: InputBytes
    private let format: RawSoundFormat
    /// Where the samples start in the bytes.
    private let start: Int
    /// Bytes of samples that the header promises; nil where it does not say.
    private var promisedLength: Int?
    private var dataPosition = 0
    /// The first bytes of a sample whose rest has not come yet.
    private var partial: [UInt8] = []
    private var isOver = false
    private(set) var damage: SoundInputError?

    var channelCount: Int { format.channelCount }
    var sampleRate: Int { format.sampleRate }

    /// - Parameters:
    ///   - bytes: at the first sample.
    ///   - format: how the samples lie.
    ///   - promisedLength: bytes of samples by the header.
    init(_ bytes: InputBytes, format: RawSoundFormat, promisedLength: Int? = nil) {
        self.bytes = bytes
        self.format = format
        self.promisedLength = promisedLength
        start = bytes.position
        bytes.stopKeeping()
    }

    var durationSeconds: Double? {
        // What a file holds is better known than what its header says; a pipe has only the header.
        let there = bytes.length.map { max(0, $0 - start) }
        let length = promisedLength.map { min($0, there ?? $0) } ?? there
        return length.map(seconds)
    }

    /// Of a file, whose end is known; nil for a pipe.
    var exactSeconds: Double? { bytes.length.map { seconds(max(0, $0 - start)) } }

    func next() throws(SoundInputError) -> SoundBlock? {
        while !isOver {
            let wanted = max(1, blockSize / channelCount) * format.frameSize - partial.count
            let left = promisedLength.map { $0 - dataPosition } ?? wanted
            guard left > 0 else {
                endAsPromised()
                continue
            }
            let more = bytes.read(upTo: min(wanted, left))
            if let failure = bytes.failure { throw .cannotRead(reason: failure) }
            guard !more.isEmpty else {
                end()
                break
            }
            dataPosition += more.count
            if let block = decode(more) { return block }
        }
        return nil
    }

    func seek(toFrame frame: Int) -> Bool {
        let (offset, overflows) = frame.multipliedReportingOverflow(by: format.frameSize)
        guard bytes.length != nil, !overflows, offset <= Int.max - start else { return false }
        guard bytes.seek(to: start + offset) else { return false }
        (dataPosition, partial, isOver) = (offset, [], false)
        return true
    }

    /// The whole samples in the bytes; the rest waits.
    private func decode(_ more: [UInt8]) -> SoundBlock? {
        let data = partial.isEmpty ? more : partial + more
        let frames = data.count / format.frameSize
        partial = Array(data[(frames * format.frameSize)...])
        guard frames > 0 else { return nil }
        let count = frames * channelCount
        // Safe: `count` strides lie in the data, and as many samples are initialised.
        let samples = unsafe [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            if let base = buffer.baseAddress {
                unsafe cc_samples_decode(data, count, format.layout.forC, base)
            }
            filled = count
        }
        return SoundBlock(samples: samples, channelCount: channelCount, sampleRate: sampleRate)
    }

    /// All that the header promises has come: other chunks may follow, or samples after all.
    private func endAsPromised() {
        guard let promised = promisedLength else { return }
        let id = bytes.readAll(8 + promised % 2)
        let chunk = ByteFields(Array(id.dropFirst(promised % 2)))
        guard chunk.count == 8, !chunk.isChunk else {
            isOver = true
            return
        }
        damage = damage ?? .goesOn(promisedSeconds: seconds(promised))
        promisedLength = nil
        dataPosition += id.count
        partial += id
    }

    private func end() {
        isOver = true
        if let promisedLength, promisedLength - dataPosition > 0 {
            damage =
                damage
                ?? .endsEarly(
                    promisedSeconds: seconds(promisedLength), foundSeconds: seconds(dataPosition))
        } else if !partial.isEmpty {
            damage = damage ?? .endsInsideSample
        }
    }

    private func seconds(_ length: Int) -> Double {
        Double(length / format.frameSize) / Double(sampleRate)
    }
}

extension ByteFields {
    /// Whether this may be the head of a chunk: four printing characters.
    fileprivate var isChunk: Bool {
        let name = name(at: 0).utf8
        return name.count == 4 && name.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
