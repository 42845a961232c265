import CMedia

/// A recording, or the sound of a film, through FFmpeg.
///
/// Samples are put where their time stamps say: a sound track that starts late, or lost packets,
/// become silence, so that times stay those of the recording.
@safe
final class MediaDecoder: SoundDecoder {
    private let bytes: InputBytes
    private let media: OpaquePointer
    private let facts: cc_media_facts
    private var timeline: Timeline
    /// Of bytes, by the container.
    private let promisedLength: Int?
    private let isOgg: Bool
    private var isOver = false
    private(set) var damage: SoundInputError?

    var channelCount: Int { Int(facts.channels) }
    var speakers: UInt64 { facts.speakers }
    var sampleRate: Int { Int(facts.sample_rate) }
    var durationSeconds: Double? { facts.duration_seconds < 0 ? nil : facts.duration_seconds }

    /// - Parameter bytes: whole.
    /// - Throws: `SoundInputError`, also where FFmpeg is not installed.
    init(_ bytes: InputBytes) throws(SoundInputError) {
        try CMediaPackages.load()
        promisedLength = bytes.lengthByContainer()
        isOgg = bytes.isOgg
        guard bytes.seek(to: 0) else { throw .unknownFormat }
        self.bytes = bytes
        var calls = unsafe bytes.calls
        var opened: OpaquePointer?
        var encoding: UnsafePointer<CChar>?
        // Safe: the calls are copied, and the bytes outlive the decoder, which is closed in deinit.
        let status = unsafe cc_media_open(&calls, &opened, &encoding)
        if let failure = bytes.failure { throw .cannotRead(reason: failure) }
        guard let opened = unsafe opened else {
            throw refusal(status, encoding: unsafe encoding.map { unsafe String(cString: $0) })
        }
        unsafe media = unsafe opened
        facts = unsafe cc_media_describe(opened)
        timeline = Timeline(durationSeconds: facts.duration_seconds)
        bytes.stopKeeping()
    }

    deinit { unsafe cc_media_close(media) }

    func next() throws(SoundInputError) -> SoundBlock? {
        while true {
            if let silence = timeline.nextSilence() { return silence }
            guard !isOver else { return nil }
            var piece = unsafe cc_media_piece()
            // Safe: the decoder is open; the piece is copied before the next call.
            guard unsafe cc_media_next(media, &piece) == 1 else {
                isOver = true
                if let failure = bytes.failure { throw .cannotRead(reason: failure) }
                noteDamage()
                return nil
            }
            let count = unsafe piece.frames * Int(piece.channels)
            let block = unsafe SoundBlock(
                samples: Array(UnsafeBufferPointer(start: piece.samples, count: count)),
                channelCount: Int(piece.channels), sampleRate: Int(piece.sample_rate))
            if let placed = unsafe timeline.place(block, startSeconds: piece.start_seconds) {
                return placed
            }
        }
    }

    func seek(toFrame frame: Int) -> Bool {
        guard facts.can_seek_exactly != 0, bytes.length != nil else { return false }
        let target = Double(frame) / Double(sampleRate)
        // A decoder that starts in the middle needs a moment to get to what it would have said.
        let ahead = 1.0
        guard target > 2 * ahead, timeline.position == 0 else { return false }
        // Safe: the decoder is open.
        guard unsafe cc_media_seek(media, target - ahead) == 1 else { return false }
        timeline.jump(toFrame: frame)
        isOver = false
        return true
    }

    /// Whether bytes at the end are missing; to be asked at the end.
    private var isCut: Bool {
        if isOgg { return bytes.endsInsideOggPage() }
        return promisedLength.map { $0 > bytes.length ?? bytes.position } ?? false
    }

    private func noteDamage() {
        let found = timeline.foundSeconds
        // Safe: the decoder is open.
        let failures = unsafe Int(cc_media_failures(media))
        let isShort = durationSeconds.map { found < $0 - 0.2 } ?? false
        if unsafe cc_media_broke_off(media) != 0 {
            damage = .breaksOff(afterSeconds: found)
        } else if let promised = durationSeconds, isShort,
            facts.duration_is_a_count != 0 || isCut
        {
            damage = .endsEarly(promisedSeconds: promised, foundSeconds: found)
        } else if isCut, isOgg || durationSeconds == nil {
            damage = .breaksOff(afterSeconds: found)
        } else if failures > 0 {
            damage = .brokenParts(count: failures)
        }
    }
}

private func refusal(_ status: cc_media_status, encoding: String?) -> SoundInputError {
    switch status {
    case CC_MEDIA_NO_SOUND: .noSound
    case CC_MEDIA_NO_SAMPLES: .noSamples
    case CC_MEDIA_NO_DECODER: .unknownEncoding(name: encoding ?? "unknown")
    case CC_MEDIA_DAMAGED: .undecodable
    case CC_MEDIA_NO_MEMORY: .undecodable
    default: .unknownFormat
    }
}

extension InputBytes {
    /// How FFmpeg reaches the bytes, which must outlive it.
    package var calls: cc_media_bytes {
        // Safe: the context is the bytes of a living decoder; FFmpeg lends `count` bytes.
        unsafe cc_media_bytes(
            context: Unmanaged.passUnretained(self).toOpaque(),
            read: { context, buffer, count in
                let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
                let input = unsafe input(context)
                let count = unsafe input.read(into: room)
                return input.failure == nil ? Int32(count) : -1
            },
            seek: { context, position in unsafe input(context).seek(to: Int(position)) ? 0 : -1 },
            length: Int64(length ?? -1))
    }
}

private func input(_ context: UnsafeMutableRawPointer?) -> InputBytes {
    guard let context = unsafe context else { preconditionFailure("FFmpeg lost its context") }
    return unsafe Unmanaged<InputBytes>.fromOpaque(context).takeUnretainedValue()
}
