import Signals

/// Finds out by the first bytes what a recording is, whatever its name says.
///
/// Plain WAV is read here, so that a live pipe gives its samples at once and a header that lies is
/// noticed. Then libsndfile is asked, but not for MP3: it cuts that short where a header is missing,
/// and its decoder complains on standard error. FFmpeg is opened for the rest, and for what comes
/// through a pipe, where libsndfile reads little.
///
/// - Throws: `SoundInputError` where nothing in it is sound.
func findDecoder(_ bytes: InputBytes) throws(SoundInputError) -> any SoundDecoder {
    guard !bytes.peek(1).isEmpty else {
        if let failure = bytes.failure { throw .cannotRead(reason: failure) }
        throw .empty
    }
    if let header = try WaveHeader(bytes) {
        return PlainSamples(bytes, format: header.format, promisedLength: header.dataLength)
    }
    guard bytes.canStartOver else { throw .unknownFormat }
    return try bytes.length == nil ? decoderOfPipe(bytes) : decoderOfFile(bytes)
}

private func decoderOfFile(_ bytes: InputBytes) throws(SoundInputError) -> any SoundDecoder {
    let start = bytes.peek(512)
    let isMPEG = isMPEG(start)
    if !isMPEG, let decoder = SoundFileDecoder(bytes), decoder.isUsable {
        return RescuedDecoder(decoder, bytes: bytes)
    }
    if let failure = bytes.failure { throw .cannotRead(reason: failure) }
    guard !isText(start) else { throw .text }
    do {
        return try MediaDecoder(bytes)
    } catch {
        guard error.exitStatus == .unavailable, isMPEG, let decoder = SoundFileDecoder(bytes)
        else { throw error }
        return decoder
    }
}

private func decoderOfPipe(_ bytes: InputBytes) throws(SoundInputError) -> any SoundDecoder {
    let start = bytes.peek(512)
    guard !bytes.needsGoingBack else {
        try bytes.spool()
        return try decoderOfFile(bytes)
    }
    do {
        return try isText(start) ? spooledDecoder(bytes, else: .text) : MediaDecoder(bytes)
    } catch {
        switch error {
        case .unknownFormat, .libraryMissing, .libraryMismatch:
            return try spooledDecoder(bytes, else: error)
        default: throw error
        }
    }
}

/// For what FFmpeg does not know, or where it is not installed, if libsndfile knows the start.
private func spooledDecoder(
    _ bytes: InputBytes, else refusal: SoundInputError
) throws(SoundInputError) -> any SoundDecoder {
    guard bytes.canStartOver else { throw refusal }
    guard SoundFileDecoder(try .holding(bytes.peek(1 << 16))) != nil else { throw refusal }
    try bytes.spool()
    return try decoderOfFile(bytes)
}

extension InputBytes {
    /// Whether the index of an MP4 film comes after its pictures and sound.
    package var needsGoingBack: Bool {
        var start = 0
        while start < 1 << 20, seek(to: start) {
            let head = readAll(16)
            defer { _ = seek(to: 0) }
            switch boxName(head) {
            case "ftyp", "free", "skip", "wide", "uuid", "styp", "pdin":
                let size = ByteFields(head, isBigEndian: true).uint32(at: 0)
                guard size >= 8 else { return true }
                start += size
            case "mdat": return true
            default: return false
            }
        }
        return start > 0
    }
}

/// Whether all of the first bytes are those of a text.
package func isText(_ start: [UInt8]) -> Bool {
    start.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) || $0 == 0x1B }
}

/// A tag before the sound, or the head of a frame: eleven ones, and a layer.
private func isMPEG(_ start: [UInt8]) -> Bool {
    guard start.count >= 4 else { return false }
    return start.starts(with: Array("ID3".utf8))
        || start[0] == 0xFF && start[1] & 0xE0 == 0xE0 && start[1] & 0x06 != 0
}
