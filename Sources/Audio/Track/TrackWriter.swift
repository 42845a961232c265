import CMedia

/// Writes a track of sound through FFmpeg, by itself or into a copy of a film.
@safe
package final class TrackWriter {
    private let track: OpaquePointer
    private let file: OpenFile
    /// The film that is copied; read while the track grows.
    private let film: InputBytes?
    private let channels: ChannelLayout

    /// A longer film is written as fragmented MP4, which newer players read: the list of packets of a
    /// whole file takes 64 bytes for each, some 27 MB for an hour of 25 frames a second.
    private static let longestListed = 7200.0

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - descriptor: a file that is open for writing until `finish`; it is not closed.
    ///   - name: what errors call it.
    ///   - form: of the file.
    ///   - film: open for reading, a plain file; its streams are copied where the form holds a film.
    ///   - sampleRate: of the samples (Hz).
    ///   - channels: of the samples.
    ///   - seconds: how long it will be, or about so.
    /// - Throws: `TrackError`, `.noSpeakers` where the encoder takes no such channels; `SoundInputError` where FFmpeg is not installed.
    package init(
        descriptor: Int32, name: String, form: TrackForm, film: Int32, sampleRate: Int,
        channels: ChannelLayout, lasting seconds: Double
    ) throws {
        self.channels = channels
        try Self.load()
        file = OpenFile(descriptor: descriptor, name: name)
        let copied = form.holdsFilm ? InputBytes(descriptor: film) : nil
        self.film = copied
        let isFragmented = form.listsPackets && seconds > Self.longestListed
        var sink = unsafe sinkCalls(file)
        var opened: OpaquePointer?
        var encoding = [CChar](repeating: 0, count: Int(CC_STREAMS_ROOM))
        // Safe: the calls are copied; the file and the film outlive the track, closed in deinit. The
        // names live through the call.
        let status = unsafe form.names.format.withCString { format in
            unsafe form.names.encoder.withCString { encoder in
                let wanted = unsafe cc_track_form(
                    format: format, encoder: encoder, sample_rate: Int32(sampleRate),
                    channels: Int32(channels.count), speakers: channels.speakers,
                    is_fragmented: isFragmented ? 1 : 0)
                guard let copied else {
                    return unsafe cc_track_open(&sink, nil, wanted, &opened, &encoding)
                }
                var calls = unsafe copied.calls
                return unsafe cc_track_open(&sink, &calls, wanted, &opened, &encoding)
            }
        }
        guard let opened = unsafe opened else {
            let words = encoding.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            if let failure = file.failure { throw failure }
            throw Self.error(status, form, String(decoding: words, as: UTF8.self))
        }
        unsafe track = unsafe opened
    }

    deinit { unsafe cc_track_close(track) }

    /// Adds sound.
    ///
    /// - Parameter samples: interleaved, as many channels as the track has, full scale -1 to 1.
    /// - Throws: `TrackError`, `AudioError`.
    package func write(_ samples: [Float]) throws {
        // Safe: the track is open, and the samples live through the call.
        try check(unsafe cc_track_write(track, samples, samples.count / channels.count))
    }

    /// Completes the file.
    ///
    /// - Throws: `TrackError`, `AudioError`.
    package func finish() throws {
        // Safe: the track is open.
        try check(unsafe cc_track_finish(track))
        file.moveToEnd()
    }

    private func check(_ status: cc_track_status) throws {
        if let failure = file.failure { throw failure }
        if status != CC_TRACK_READY { throw Self.error(status, .wav, "") }
    }

    private static func load() throws {
        var library: UnsafePointer<CChar>?
        // Safe: the name is a constant of the C file.
        let state = unsafe cc_film_load(&library)
        let name = unsafe library.map { unsafe String(cString: $0) } ?? "libavformat"
        switch state {
        case CC_LIBRARY_READY: return
        case CC_LIBRARY_MISSING: throw SoundInputError.libraryMissing(library: name)
        default: throw SoundInputError.libraryMismatch(library: name)
        }
    }

    private static func error(
        _ status: cc_track_status, _ form: TrackForm, _ encoding: String
    ) -> TrackError {
        switch status {
        case CC_TRACK_NO_SPEAKERS: .noSpeakers(name: form.names.encoder)
        case CC_TRACK_NO_ENCODER: .noEncoder(name: form.names.encoder)
        case CC_TRACK_CANNOT_HOLD: .cannotHold(encoding: encoding, form: "\(form)")
        case CC_TRACK_NO_FILM: .unreadableFilm
        case CC_TRACK_NO_MEMORY: .noMemory
        default: .notWritten
        }
    }
}

/// How FFmpeg reaches the file, which must outlive it.
private func sinkCalls(_ file: OpenFile) -> cc_track_sink {
    // Safe: the context is the file of a living writer; FFmpeg lends `count` bytes.
    unsafe cc_track_sink(
        context: Unmanaged.passUnretained(file).toOpaque(),
        write: { context, bytes, count in
            let copy = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
            return unsafe Int32(sink(context).write(copy))
        },
        seek: { context, position in
            let file = unsafe sink(context)
            return file.seek(to: Int(position)) == Int(position) ? 0 : -1
        },
        length: { context in unsafe Int64(sink(context).length) })
}

private func sink(_ context: UnsafeMutableRawPointer?) -> OpenFile {
    guard let context = unsafe context else { preconditionFailure("FFmpeg lost its context") }
    return unsafe Unmanaged<OpenFile>.fromOpaque(context).takeUnretainedValue()
}
