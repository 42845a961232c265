import Audio
import CMedia
import Signals

/// A film, an animation or a stream of pictures, decoded through FFmpeg frame by frame.
@safe
final class FilmReader: FrameSource {
    private let bytes: InputBytes
    private let film: OpaquePointer
    private let facts: cc_film_facts
    /// Of bytes, by the container.
    private let promisedLength: Int?
    private var lastSeconds: Double?
    private(set) var damage: FilmError?

    var durationSeconds: Double? { facts.duration_seconds < 0 ? nil : facts.duration_seconds }

    /// - Parameters:
    ///   - bytes: whole.
    ///   - options: how to read them.
    /// - Throws: `FilmError`, also where FFmpeg is not installed.
    init(_ bytes: InputBytes, _ options: FilmOptions) throws(FilmError) {
        try Self.load()
        promisedLength = bytes.lengthByContainer()
        guard bytes.seek(to: 0) else { throw .unknownFormat }
        self.bytes = bytes
        var calls = unsafe bytes.calls
        var opened: OpaquePointer?
        var streams = [CChar](repeating: 0, count: Int(CC_STREAMS_ROOM))
        let wanted = cc_film_options(
            threads: Int32(options.threads), keyframes_only: options.keyframesOnly ? 1 : 0,
            pictures_per_second: options.picturesPerSecond)
        // Safe: the calls are copied, and the bytes outlive the decoder, which is closed in deinit.
        let status = unsafe cc_film_open(&calls, wanted, &opened, &streams)
        if let failure = bytes.failure { throw .cannotRead(reason: systemReason(failure)) }
        guard let opened = unsafe opened else {
            let words = streams.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw refusal(status, String(decoding: words, as: UTF8.self))
        }
        unsafe film = unsafe opened
        facts = unsafe cc_film_describe(opened)
        bytes.stopKeeping()
    }

    deinit { unsafe cc_film_close(film) }

    private static func load() throws(FilmError) {
        var library: UnsafePointer<CChar>?
        // Safe: the name is a constant of the C file.
        let state = unsafe cc_film_load(&library)
        let name = unsafe library.map { unsafe String(cString: $0) } ?? "libavformat"
        switch state {
        case CC_LIBRARY_READY: return
        case CC_LIBRARY_MISSING: throw .libraryMissing(library: name)
        default: throw .libraryMismatch(library: name)
        }
    }

    func next() throws(FilmError) -> FrameTime? {
        var frame = cc_film_frame()
        // Safe: the film is open.
        guard unsafe cc_film_next(film, &frame) == 1 else {
            if let failure = bytes.failure { throw .cannotRead(reason: systemReason(failure)) }
            noteDamage()
            return nil
        }
        lastSeconds = frame.seconds
        return FrameTime(seconds: frame.seconds, durationSeconds: frame.duration_seconds)
    }

    func look() throws(FilmError) -> FrameGrid {
        let cells = Int(CC_GRID_CELLS)
        var luma = [UInt8](repeating: 0, count: cells)
        var chroma = [UInt8](repeating: 0, count: cells / 8)
        var sharpness: Float = 0
        // Safe: the film is open, and the arrays have the lengths that C writes.
        guard unsafe cc_film_look(film, &luma, &chroma, &sharpness) == 1 else { throw .noMemory }
        return FrameGrid(luma: luma, chroma: chroma, sharpness: Double(sharpness))
    }

    func strokes(ofKept isKept: Bool) throws(FilmError) -> StrokeMap {
        var marks = [UInt64](repeating: 0, count: StrokeMap.wordCount)
        // Safe: the film is open, and the array has as many words as C writes.
        let places = unsafe cc_film_strokes(film, isKept ? 1 : 0, &marks)
        guard places > 0 else { throw .noMemory }
        return StrokeMap(marks: marks, placesInLine: places)
    }

    func keep() throws(FilmError) {
        // Safe: the film is open.
        guard unsafe cc_film_keep(film) == 1 else { throw .noMemory }
    }

    func picture(longestSide: Int) throws(FilmError) -> Image {
        // Safe: the film is open; C writes as many bytes as the size says, or says that it did not.
        let size = unsafe cc_film_kept_size(film, longestSide)
        let count = 3 * size.width * size.height
        precondition(count > 0, "no frame was kept")
        var isDone = false
        let pixels = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            if let base = buffer.baseAddress {
                isDone = unsafe cc_film_picture(film, size, base) == 1
            }
            filled = isDone ? count : 0
        }
        guard isDone else { throw .noMemory }
        return Image(width: size.width, height: size.height, pixels: pixels)
    }

    func seek(toSeconds seconds: Double) {
        guard bytes.length != nil else { return }
        // Safe: the film is open. Where it cannot go, it goes on where it is.
        _ = unsafe cc_film_seek(film, seconds)
    }

    private func noteDamage() {
        let found = lastSeconds ?? 0
        // Safe: the film is open.
        let failures = unsafe Int(cc_film_failures(film))
        let isCut = promisedLength.map { $0 > bytes.length ?? bytes.position } ?? false
        if unsafe cc_film_broke_off(film) != 0 {
            damage = .breaksOff(afterSeconds: found)
        } else if isCut, let promised = durationSeconds, found < promised - 1 {
            damage = .endsEarly(promisedSeconds: promised, foundSeconds: found)
        } else if failures > 0 {
            damage = .brokenParts(count: failures)
        }
    }
}

private func refusal(_ status: cc_media_status, _ words: String) -> FilmError {
    switch status {
    case CC_MEDIA_NO_PICTURES: .noPictures(streams: words)
    case CC_MEDIA_NO_DECODER: .unknownEncoding(name: words)
    case CC_MEDIA_DAMAGED: .undecodable
    case CC_MEDIA_NO_MEMORY: .noMemory
    default: .unknownFormat
    }
}
