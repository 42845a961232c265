import CSoundFile
import Glibc

/// A recording in a format that libsndfile knows, in bytes that can be gone back in.
@safe
final class SoundFileDecoder: SoundDecoder {
    private let bytes: InputBytes
    private let codec: OpaquePointer
    private var info: SF_INFO
    /// The first samples, decoded to see whether there are any.
    private var first: SoundBlock?
    private var found = 0
    private var isOver = false
    private var hasFailed = false
    private(set) var damage: SoundInputError?

    var channelCount: Int { Int(info.channels) }
    var sampleRate: Int { Int(info.samplerate) }
    /// Samples of each channel that the header tells of; nil where it does not.
    private var promised: Int? {
        (0..<Int64(1) << 48).contains(info.frames) && info.frames > 0 ? Int(info.frames) : nil
    }

    var durationSeconds: Double? { promised.map { Double($0) / Double(sampleRate) } }

    /// Nil where libsndfile does not know the format, or finds it damaged from the start.
    ///
    /// - Parameter bytes: a plain file.
    init?(_ bytes: InputBytes) {
        guard bytes.seek(to: 0) else { return nil }
        self.bytes = bytes
        info = SF_INFO()
        var calls = inputCalls
        // Safe: libsndfile copies the calls and the information; the bytes outlive the codec, which
        // is closed in deinit.
        let opened = unsafe sf_open_virtual(
            &calls, Int32(SFM_READ), &info, Unmanaged.passUnretained(bytes).toOpaque())
        guard let opened = unsafe opened else { return nil }
        unsafe codec = unsafe opened
        guard (1...Int32(mostChannels)).contains(info.channels),
            (1...Int32(highestSampleRate)).contains(info.samplerate)
        else { return nil }
        first = decode()
    }

    /// Whether any sound was found.
    var isUsable: Bool { first != nil }

    deinit { unsafe sf_close(codec) }

    func next() throws(SoundInputError) -> SoundBlock? {
        let block = first ?? decode()
        first = nil
        if let failure = bytes.failure { throw .cannotRead(reason: failure) }
        return block
    }

    private func decode() -> SoundBlock? {
        guard !isOver else { return nil }
        let frames = max(1, blockSize / channelCount)
        let size = frames * channelCount
        // Safe: the codec is open; it writes at most `frames` frames, and says how many.
        let samples = unsafe [Float](unsafeUninitializedCapacity: size) { buffer, filled in
            unsafe buffer.initialize(repeating: 0)
            let count = unsafe sf_readf_float(codec, buffer.baseAddress, Int64(frames))
            filled = min(max(0, Int(count)), frames) * channelCount
        }
        // Safe: the codec is open. The next read forgets what went wrong in this one.
        hasFailed = unsafe hasFailed || sf_error(codec) != 0
        guard !samples.isEmpty else {
            end()
            return nil
        }
        found += samples.count / channelCount
        return SoundBlock(samples: samples, channelCount: channelCount, sampleRate: sampleRate)
    }

    func seek(toFrame frame: Int) -> Bool {
        guard info.seekable != 0, frame <= promised ?? 0 else { return false }
        // Safe: the codec is open.
        guard unsafe sf_seek(codec, Int64(frame), SEEK_SET) == Int64(frame) else { return false }
        (first, found, isOver, damage) = (nil, frame, false, nil)
        hasFailed = false
        return true
    }

    private var isCut: Bool {
        if bytes.isOgg { return bytes.endsInsideOggPage() }
        return bytes.lengthByContainer() ?? 0 > bytes.length ?? 0
    }

    private func end() {
        isOver = true
        let foundSeconds = Double(found) / Double(sampleRate)
        if hasFailed || isCut {
            damage = .breaksOff(afterSeconds: foundSeconds)
        } else if let promised, found < promised {
            damage = .endsEarly(
                promisedSeconds: Double(promised) / Double(sampleRate), foundSeconds: foundSeconds)
        }
    }
}

/// How libsndfile reaches the ``InputBytes`` that it is given as user data.
private var inputCalls: SF_VIRTUAL_IO {
    // Safe: the user data are the bytes of a living decoder; libsndfile passes `count` bytes.
    unsafe SF_VIRTUAL_IO(
        get_filelen: { unsafe Int64(bytes($0).length ?? 0) },
        seek: { offset, whence, data in
            let input = unsafe bytes(data)
            let base =
                switch whence {
                case SEEK_SET: 0
                case SEEK_CUR: input.position
                default: input.length ?? 0
                }
            let (target, overflows) = base.addingReportingOverflow(Int(offset))
            guard !overflows, input.seek(to: target) else { return -1 }
            return Int64(target)
        },
        read: { buffer, count, data in
            let room = unsafe UnsafeMutableRawBufferPointer(
                start: buffer, count: max(0, Int(count)))
            return unsafe Int64(bytes(data).fill(room))
        },
        write: { _, _, _ in 0 },
        tell: { unsafe Int64(bytes($0).position) })
}

private func bytes(_ data: UnsafeMutableRawPointer?) -> InputBytes {
    guard let data = unsafe data else { preconditionFailure("libsndfile lost its user data") }
    return unsafe Unmanaged<InputBytes>.fromOpaque(data).takeUnretainedValue()
}
