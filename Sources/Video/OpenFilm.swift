import Audio

/// Finds out by the first bytes what a film is, whatever its name says.
///
/// - Parameters:
///   - descriptor: open for reading, a file or a pipe; it is not closed, and must stay open.
///   - options: how to read it.
/// - Returns: the film, before its first frame.
/// - Throws: `FilmError` where nothing in it is a picture, `SoundInputError` where a pipe that has to
///   be gone back in cannot be kept.
func openFilm(_ descriptor: Int32, _ options: FilmOptions) throws -> any FrameSource {
    let bytes = InputBytes(descriptor: descriptor)
    let start = bytes.peek(512)
    guard !start.isEmpty else {
        if let failure = bytes.failure {
            throw FilmError.cannotRead(reason: systemReason(failure))
        }
        throw FilmError.empty
    }
    if isAnimatedWebP(start) { return try WebPFilm(bytes) }
    guard !isText(start) || isNetpbm(start) || start.starts(with: Array("YUV4MPEG2 ".utf8)) else {
        throw isPlaylist(start) ? FilmError.playlist : FilmError.text
    }
    if bytes.length == nil, bytes.needsGoingBack { try bytes.spool() }
    return try FilmReader(bytes, options)
}

private func isNetpbm(_ start: [UInt8]) -> Bool {
    start.count > 2 && start[0] == UInt8(ascii: "P")
        && (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(start[1])
        && [0x20, 0x09, 0x0A, 0x0D].contains(start[2])
}

private func isPlaylist(_ start: [UInt8]) -> Bool {
    let text = String(decoding: start, as: UTF8.self).lowercased()
    guard !text.contains("<html"), !text.contains("<!doctype") else { return false }
    let marks = ["#extm3u", "ffconcat", "[playlist]", "<mpd", "<smil", "<asx", "<playlist"]
    return marks.contains { text.contains($0) } || text.hasPrefix("file ")
        || text.split(whereSeparator: \.isNewline).contains(where: isAddress)
}

/// Whether a line begins with an address, as one of a list without a head does.
private func isAddress(_ line: Substring) -> Bool {
    guard let mark = line.firstRange(of: "://") else { return false }
    return line[..<mark.lowerBound].allSatisfy { $0.isLetter || $0.isNumber }
}
