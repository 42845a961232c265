import CSoundFile

/// Writes one sound file of one channel to an open file, through libsndfile.
///
/// Where the file can be gone back in, its header tells the length in the end. All but a WAV file may
/// as well go to a pipe; a WAV file goes there as a ``WaveStream``.
@safe
package struct SoundFileWriter: ~Copyable, SoundOutput {
    private let file: OpenFile
    private let name: String
    private let format: SoundFormat
    private let sampleRate: Int
    /// Where the codec does not take the sound's own rate.
    private var resampler: Resampler?
    /// The codec; nil before the first sample and once closed.
    private var codec: OpaquePointer?

    /// Prepares a sound file; nothing is written for no sound.
    ///
    /// - Parameters:
    ///   - descriptor: open for writing until `finish`; it is not closed.
    ///   - name: what errors call it.
    ///   - format: of the file; WAV and FLAC hold 16-bit samples.
    ///   - sampleRate: of the sound, in Hz; the file has the next higher one where the codec does not
    ///     know this one.
    package init(descriptor: Int32, name: String, format: SoundFormat, sampleRate: Int) {
        file = OpenFile(descriptor: descriptor, name: name)
        self.name = name
        self.format = format
        self.sampleRate = format.rate(for: sampleRate)
        if self.sampleRate != sampleRate {
            resampler = Resampler(FilterBank(from: sampleRate, to: self.sampleRate))
        }
    }

    deinit { if let codec = unsafe codec { unsafe sf_close(codec) } }

    package mutating func write(_ samples: [Int16]) throws(AudioError) {
        guard !samples.isEmpty else { return }
        resampler?.push(samples.map(Float.init))
        try encode(resampled() ?? samples)
    }

    /// - Returns: what can be had now; nil where nothing has to be changed.
    private mutating func resampled() -> [Int16]? {
        guard let count = resampler?.available else { return nil }
        return resampler?.take(count).map { Int16(max(-32768, min(32767, $0.rounded()))) }
    }

    private mutating func encode(_ samples: [Int16]) throws(AudioError) {
        if unsafe codec == nil { unsafe codec = try openCodec() }
        // Safe: the codec is open, the samples live through the call.
        let count = unsafe sf_write_short(codec, samples, Int64(samples.count))
        if let failure = file.failure { throw failure }
        guard count == samples.count else { throw encodingError() }
    }

    package mutating func finish() throws(AudioError) {
        resampler?.finish()
        if unsafe codec != nil, let rest = resampled() { try encode(rest) }
        guard let open = unsafe codec else { return }
        // Safe: the codec is closed once; afterwards there is none.
        unsafe codec = nil
        let code = unsafe sf_close(open)
        if let failure = file.failure { throw failure }
        guard code == 0 else {
            throw .cannotEncode(name: name, reason: unsafe String(cString: sf_error_number(code)))
        }
        file.moveToEnd()
    }

    private func openCodec() throws(AudioError) -> OpaquePointer {
        var info = SF_INFO()
        info.samplerate = Int32(sampleRate)
        info.channels = 1
        info.format = format.code
        var calls = fileCalls
        // Safe: libsndfile copies the calls and the information; the file outlives the codec,
        // which is closed in deinit at the latest.
        let opened = unsafe sf_open_virtual(
            &calls, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(file).toOpaque())
        if let opened = unsafe opened { return unsafe opened }
        throw file.failure
            ?? .cannotEncode(name: name, reason: unsafe String(cString: sf_strerror(nil)))
    }

    private func encodingError() -> AudioError {
        .cannotEncode(name: name, reason: unsafe String(cString: sf_strerror(codec)))
    }
}

extension SoundFormat {
    fileprivate var code: Int32 {
        switch self {
        case .wav: Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        case .flac: Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
        case .ogg: Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
        case .opus: Int32(SF_FORMAT_OGG | SF_FORMAT_OPUS)
        case .mp3: Int32(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
        }
    }

    /// - Parameter rate: that of the sound.
    /// - Returns: the rate of the file, in Hz.
    fileprivate func rate(for rate: Int) -> Int {
        let known =
            switch self {
            case .wav, .flac, .ogg: [rate]
            // RFC 6716, section 2.
            case .opus: [8000, 12_000, 16_000, 24_000, 48_000]
            // ISO 11172-3 and 13818-3, and the extension to low rates.
            case .mp3:
                [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
            }
        return known.first { $0 >= rate } ?? known[known.count - 1]
    }
}

/// How libsndfile reaches the ``OpenFile`` that it is given as user data.
private var fileCalls: SF_VIRTUAL_IO {
    // Safe: the user data is the file of a living writer; libsndfile passes `count` bytes.
    unsafe SF_VIRTUAL_IO(
        get_filelen: { unsafe Int64(file($0).length) },
        seek: { offset, whence, data in
            let file = unsafe file(data)
            let base =
                switch whence {
                case SEEK_SET: 0
                case SEEK_CUR: file.position
                default: file.length
                }
            return Int64(file.seek(to: base + Int(offset)))
        },
        read: { _, _, _ in 0 },
        write: { bytes, count, data in
            let copy = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
            return unsafe Int64(file(data).write(copy))
        },
        tell: { unsafe Int64(file($0).position) })
}

private func file(_ data: UnsafeMutableRawPointer?) -> OpenFile {
    guard let data = unsafe data else { preconditionFailure("libsndfile lost its user data") }
    return unsafe Unmanaged<OpenFile>.fromOpaque(data).takeUnretainedValue()
}
