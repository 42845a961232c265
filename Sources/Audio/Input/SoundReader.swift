import CMedia

/// A recording, streamed: samples at the wanted rate, full scale -1 to 1, never held whole.
///
///     bytes -> SoundDecoder -> wanted range -> wanted channels -> Resampler -> samples
package struct SoundReader: ~Copyable {
    private let decoder: any SoundDecoder
    private let selection: SoundSelection
    private let wantedRate: Int
    private var resamplers: [Resampler]
    /// The last samples of a rate that has changed, by channel.
    private var leftover: [[Float]] = []
    /// Of the decoder's samples, which may change on the way.
    private var currentRate: Int
    /// Frames still to be passed over, and then wanted; nil for all.
    private var framesToSkip = 0
    private var framesWanted: Int?
    private var framesSeen = 0
    private var framesGiven = 0
    private var isOver = false
    private var brokenSamples = 0

    /// Finds out what the recording is, and goes to the start of what is wanted.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading, a file or a pipe; it is not closed, and must stay open.
    ///   - name: of the recording; what it is, is decided by its content alone.
    ///   - raw: how the samples lie, where there is no header.
    ///   - selection: what is wanted of it.
    ///   - sampleRate: of the samples that are given out (Hz).
    /// - Throws: `SoundInputError` where nothing in it is sound, or what is wanted is not in it.
    package init(
        descriptor: Int32, name: String, raw: RawSoundFormat? = nil,
        selection: SoundSelection = .init(), sampleRate: Int = 16_000
    ) throws(SoundInputError) {
        try selection.check()
        let bytes = InputBytes(descriptor: descriptor)
        let decoder: any SoundDecoder
        if let raw {
            decoder = PlainSamples(bytes, format: raw)
        } else {
            decoder = try findDecoder(bytes)
        }
        try selection.check(decoder)
        self.init(decoder, selection, sampleRate)
    }

    private init(_ decoder: any SoundDecoder, _ selection: SoundSelection, _ sampleRate: Int) {
        self.decoder = decoder
        self.selection = selection
        wantedRate = sampleRate
        currentRate = decoder.sampleRate
        let bank = FilterBank(from: currentRate, to: sampleRate)
        let count = selection.channel == .each ? decoder.channelCount : 1
        resamplers = (0..<count).map { _ in Resampler(bank) }
        let start = frames(selection.fromSeconds, rate: currentRate)
        framesWanted = selection.toSeconds.map { frames($0, rate: decoder.sampleRate) - start }
        guard start > 0 else { return }
        if decoder.seek(toFrame: start) { framesSeen = start } else { framesToSkip = start }
    }

    /// Of the recording.
    package var channelCount: Int { decoder.channelCount }

    /// Which loudspeakers its channels are for.
    package var channels: ChannelLayout {
        ChannelLayout(count: decoder.channelCount, speakers: decoder.speakers)
    }

    /// Of the whole recording as far as its header or its container tells; nil for a pipe that does
    /// not say.
    package var durationSeconds: Double? { decoder.durationSeconds }

    /// Damage that did not stop the reading; complete once the end has been read.
    package var damage: SoundInputError? {
        decoder.damage ?? (brokenSamples > 0 ? .brokenSamples(count: brokenSamples) : nil)
    }

    /// The next samples: those that are there, without waiting for more.
    ///
    /// - Parameter limit: at most so many of each channel.
    /// - Returns: one array for each wanted channel, all of one length; empty ones at the end.
    /// - Throws: `SoundInputError.cannotRead` where the disk or the connection fails, and
    ///   `.startsAfterEnd` where the recording turns out to be shorter than that.
    package mutating func read(upTo limit: Int) throws(SoundInputError) -> [[Float]] {
        precondition(limit > 0, "a limit of \(limit) samples")
        while (leftover.first ?? []).isEmpty, resamplers[0].available == 0, !isOver {
            if let block = try nextWanted() {
                push(block)
            } else {
                isOver = true
                for i in resamplers.indices { resamplers[i].finish() }
            }
        }
        if let held = leftover.first?.count, held > 0 {
            let given = leftover.map { Array($0.prefix(limit)) }
            leftover = leftover.map { Array($0.dropFirst(limit)) }
            return given
        }
        let count = min(limit, resamplers[0].available)
        return resamplers.indices.map { resamplers[$0].take(count) }
    }

    /// The next block, cut to the wanted range.
    private mutating func nextWanted() throws(SoundInputError) -> SoundBlock? {
        while framesWanted ?? 1 > 0 {
            guard var block = try decoder.next() else {
                if framesSeen == 0, let damage = decoder.damage {
                    if case .endsEarly = damage { throw .noSamples }
                    throw damage
                }
                if framesToSkip > 0 || framesGiven == 0 && selection.fromSeconds > 0 {
                    let seen = Double(framesSeen) / Double(currentRate)
                    throw .startsAfterEnd(
                        fromSeconds: selection.fromSeconds,
                        durationSeconds: framesToSkip > 0 ? seen : durationSeconds ?? seen)
                }
                return nil
            }
            if block.sampleRate != currentRate { changeRate(to: block.sampleRate) }
            framesSeen += block.frameCount
            let skipped = min(framesToSkip, block.frameCount)
            framesToSkip -= skipped
            block.samples.removeFirst(skipped * block.channelCount)
            if let wanted = framesWanted {
                block.samples = Array(block.samples.prefix(wanted * block.channelCount))
                framesWanted = wanted - block.frameCount
            }
            framesGiven += block.frameCount
            if !block.samples.isEmpty { return block }
        }
        return nil
    }

    /// Some streams are joined from several; the filters of the one before still hold sound.
    private mutating func changeRate(to rate: Int) {
        for i in resamplers.indices { resamplers[i].finish() }
        leftover = resamplers.indices.map { resamplers[$0].take(resamplers[$0].available) }
        let old = Double(currentRate)
        framesToSkip = frames(Double(framesToSkip) / old, rate: rate)
        framesWanted = framesWanted.map { frames(Double($0) / old, rate: rate) }
        framesSeen = frames(Double(framesSeen) / old, rate: rate)
        currentRate = rate
        let bank = FilterBank(from: rate, to: wantedRate)
        resamplers = resamplers.map { _ in Resampler(bank) }
    }

    private mutating func push(_ block: SoundBlock) {
        var samples = block.samples
        // Safe: the array is as long as it says.
        brokenSamples += unsafe cc_samples_repair(&samples, samples.count)
        for i in resamplers.indices {
            resamplers[i].push(channel(i, of: samples, count: block.channelCount))
        }
    }

    /// One wanted channel; where a stream has fewer on its way, the last one it has.
    private func channel(_ i: Int, of samples: [Float], count: Int) -> [Float] {
        guard count > 1 else { return samples }
        let frames = samples.count / count
        let wanted: Int? =
            switch selection.channel {
            case .mixed: nil
            case .one(let channel): min(channel, count) - 1
            case .each: min(i, count - 1)
            }
        // Safe: `frames` samples are initialised, from `frames * count` that are there.
        return unsafe [Float](unsafeUninitializedCapacity: frames) { buffer, filled in
            if let base = buffer.baseAddress {
                if let wanted {
                    unsafe cc_samples_pick(samples, frames, count, wanted, base)
                } else {
                    unsafe cc_samples_mix(samples, frames, count, base)
                }
            }
            filled = frames
        }
    }
}

private func frames(_ seconds: Double, rate: Int) -> Int {
    // More than any recording has, and far from overflowing.
    Int(min((seconds * Double(rate)).rounded(), 0x1p52))
}
