/// What stands before the samples of a WAV file.
///
///     RIFF size WAVE   fmt  size …   (other chunks)   data size samples …
///
/// Only plain samples are described here: packed ones are left to the codecs. Everything is read
/// forward, so that a live pipe gives its samples at once.
///
/// Source: "Multimedia Programming Interface and Data Specifications 1.0", chapter 3; EBU Tech 3306
/// (RF64) for lengths over 4 GB.
struct WaveHeader: Equatable {
    let format: RawSoundFormat
    /// Bytes of samples; nil where the header was written before anyone knew.
    let dataLength: Int?

    /// Reads up to the first sample; nil, with the bytes read some way, where it is no WAV file of
    /// plain samples.
    ///
    /// - Parameter bytes: at its start.
    /// - Throws: `SoundInputError` where the header tells of what cannot be.
    init?(_ bytes: InputBytes) throws(SoundInputError) {
        var fields = ByteFields(bytes.readAll(12))
        guard let isBigEndian = fields.waveIsBigEndian else { return nil }
        fields.isBigEndian = isBigEndian
        let riffSize = fields.uint32(at: 4)
        var longDataLength: Int?
        var format: RawSoundFormat?
        while true {
            var chunk = ByteFields(bytes.readAll(8), isBigEndian: isBigEndian)
            guard chunk.count == 8 else { return nil }
            let size = chunk.uint32(at: 4)
            switch chunk.name(at: 0) {
            case "data":
                guard let format else { return nil }
                self.format = format
                let told = size == 0xFFFF_FFFF && longDataLength != nil ? longDataLength : size
                dataLength = Self.isOpenEnded(told, riffSize: riffSize) ? nil : told
                return
            case "fmt ":
                guard size >= 14, size <= 4096 else { return nil }
                chunk = ByteFields(bytes.readAll(size + size % 2), isBigEndian: isBigEndian)
                guard let described = try chunk.plainFormat() else { return nil }
                format = described
            case "ds64":
                guard size >= 24, size <= 1 << 20 else { return nil }
                chunk = ByteFields(bytes.readAll(size + size % 2), isBigEndian: isBigEndian)
                guard chunk.count >= 24 else { return nil }
                longDataLength = chunk.uint64(at: 8)
            default:
                guard bytes.seek(to: bytes.position + size + size % 2) else { return nil }
            }
        }
    }

    /// Lengths that programs write into a pipe: 0, all ones (FFmpeg), just below 2 GB (SoX, arecord).
    private static func isOpenEnded(_ size: Int?, riffSize: Int) -> Bool {
        guard let size else { return true }
        if size == 0 { return riffSize == 0 || riffSize >= 0x7FFF_0000 }
        return (0x7FFF_0000...0x8000_0100).contains(size)
            || size >= 0xFFFF_0000 && size <= 0xFFFF_FFFF
    }
}

/// Numbers in a few bytes, checked: what lies outside reads as 0.
struct ByteFields {
    private let bytes: [UInt8]
    var isBigEndian: Bool

    init(_ bytes: [UInt8], isBigEndian: Bool = false) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    var count: Int { bytes.count }

    func uint16(at start: Int) -> Int { Int(number(at: start, count: 2)) }
    func uint32(at start: Int) -> Int { Int(number(at: start, count: 4)) }
    /// Nil where it is more than any file has.
    func uint64(at start: Int) -> Int? { Int(exactly: number(at: start, count: 8)) }

    func name(at start: Int) -> String {
        guard start + 4 <= bytes.count else { return "" }
        return String(decoding: bytes[start..<start + 4], as: UTF8.self)
    }

    private func number(at start: Int, count: Int) -> UInt64 {
        guard start + count <= bytes.count else { return 0 }
        let field = bytes[start..<start + count]
        return (isBigEndian ? Array(field) : field.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension ByteFields {
    /// Nil where these are not the first bytes of a WAV file.
    fileprivate var waveIsBigEndian: Bool? {
        guard name(at: 8) == "WAVE" else { return nil }
        switch name(at: 0) {
        case "RIFF", "RF64", "BW64": return false
        case "RIFX": return true
        default: return nil
        }
    }

    /// The chunk "fmt ", where it describes samples that are not packed.
    fileprivate func plainFormat() throws(SoundInputError) -> RawSoundFormat? {
        var tag = uint16(at: 0)
        if tag == 0xFFFE, count >= 26 { tag = uint16(at: 24) }
        let channels = uint16(at: 2)
        let rate = uint32(at: 4)
        let frameSize = uint16(at: 12)
        let bits = count >= 16 ? uint16(at: 14) : 8
        guard [1, 3, 6, 7].contains(tag) else { return nil }
        guard (1...mostChannels).contains(channels) else { throw .impossibleChannels(channels) }
        guard (1...highestSampleRate).contains(rate) else { throw .impossibleRate(rate) }
        let width = (bits + 7) / 8
        // Some writers leave the frame's size out, or get it wrong.
        let stride = frameSize % channels == 0 ? max(frameSize / channels, width) : width
        guard (1...8).contains(width), stride <= 8 else { return nil }
        guard let layout = layout(tag: tag, width: width, stride: stride) else { return nil }
        return RawSoundFormat(layout: layout, sampleRate: rate, channelCount: channels)
    }

    private func layout(tag: Int, width: Int, stride: Int) -> SampleLayout? {
        switch tag {
        case 1 where width == 1 && stride == 1: SampleLayout(.unsigned, width: 1)
        case 1: SampleLayout(.signed, width: width, stride: stride, isBigEndian: isBigEndian)
        case 3 where width == 4 || width == 8:
            SampleLayout(.float, width: width, stride: stride, isBigEndian: isBigEndian)
        case 6 where width == 1: SampleLayout(.alaw, width: 1)
        case 7 where width == 1: SampleLayout(.mulaw, width: 1)
        default: nil
        }
    }
}
