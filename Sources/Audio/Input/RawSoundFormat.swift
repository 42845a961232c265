import CMedia
import Signals

/// How samples without a header lie in a stream: `s16le:16000:1`.
///
/// Encoding, samples per second, channels. The encodings are those of FFmpeg's names: signed
/// (`s8`, `s16le`, `s24be`, …), `u8`, floating point (`f32le`, `f64be`, …), `mulaw` and `alaw`.
package struct RawSoundFormat: Sendable, Equatable {
    let layout: SampleLayout
    package let sampleRate: Int
    package let channelCount: Int

    /// - Throws: `RawSoundFormatError`, a wrong usage of the command line.
    package init(_ text: String) throws(RawSoundFormatError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.count == 3 else { throw .wrongShape(text) }
        guard let layout = SampleLayout(named: parts[0].lowercased()) else {
            throw .unknownEncoding(String(parts[0]))
        }
        guard let rate = Int(parts[1]), (1...Int(CC_HIGHEST_RATE)).contains(rate) else {
            throw .impossibleRate(String(parts[1]))
        }
        guard let channels = Int(parts[2]), (1...Int(CC_MOST_CHANNELS)).contains(channels) else {
            throw .impossibleChannels(String(parts[2]))
        }
        self.init(layout: layout, sampleRate: rate, channelCount: channels)
    }

    init(layout: SampleLayout, sampleRate: Int, channelCount: Int) {
        self.layout = layout
        self.sampleRate = sampleRate
        self.channelCount = channelCount
    }

    /// Bytes of one sample of every channel.
    var frameSize: Int { layout.stride * channelCount }
}

/// How one sample lies in memory.
struct SampleLayout: Sendable, Equatable {
    enum Kind: Sendable {
        case signed, unsigned, float, mulaw, alaw
    }

    let kind: Kind
    /// Bytes that hold the number.
    let width: Int
    /// Bytes from one sample to the next.
    let stride: Int
    let isBigEndian: Bool

    init(_ kind: Kind, width: Int, stride: Int? = nil, isBigEndian: Bool = false) {
        self.kind = kind
        self.width = width
        self.stride = stride ?? width
        self.isBigEndian = isBigEndian
    }

    init?(named name: String) {
        guard let layout = Self.named[name] else { return nil }
        self = layout
    }

    static let named: [String: SampleLayout] = {
        var layouts: [String: SampleLayout] = [
            "s8": .init(.signed, width: 1), "u8": .init(.unsigned, width: 1),
            "mulaw": .init(.mulaw, width: 1), "alaw": .init(.alaw, width: 1),
        ]
        for (order, isBigEndian) in [("le", false), ("be", true)] {
            for width in 2...4 {
                layouts["s\(8 * width)\(order)"] = .init(
                    .signed, width: width, isBigEndian: isBigEndian)
            }
            for width in [4, 8] {
                layouts["f\(8 * width)\(order)"] = .init(
                    .float, width: width, isBigEndian: isBigEndian)
            }
        }
        return layouts
    }()

    /// The same for C.
    var forC: cc_sample_layout {
        let kind =
            switch kind {
            case .signed: CC_SAMPLE_SIGNED
            case .unsigned: CC_SAMPLE_UNSIGNED
            case .float: CC_SAMPLE_FLOAT
            case .mulaw: CC_SAMPLE_MULAW
            case .alaw: CC_SAMPLE_ALAW
            }
        return cc_sample_layout(
            kind: kind, width: UInt8(width), stride: UInt8(stride),
            is_big_endian: isBigEndian ? 1 : 0)
    }
}

/// The text after `--raw` says no format of samples.
package enum RawSoundFormatError: Explained, Equatable {
    case wrongShape(String)
    case unknownEncoding(String)
    case impossibleRate(String)
    case impossibleChannels(String)

    package var what: String {
        switch self {
        case .wrongShape(let text):
            "'\(text)' does not say encoding, samples per second and channels"
        case .unknownEncoding(let name): "'\(name)' is no encoding of samples"
        case .impossibleRate(let text): "'\(text)' is no number of samples per second"
        case .impossibleChannels(let text): "'\(text)' is no number of channels"
        }
    }

    package var remedy: String {
        switch self {
        case .wrongShape, .impossibleChannels: "write it like this: --raw s16le:16000:1"
        case .unknownEncoding:
            "use one of \(SampleLayout.named.keys.sorted().joined(separator: ", "))"
        case .impossibleRate: "give one from 1 to \(CC_HIGHEST_RATE), as in: --raw s16le:16000:1"
        }
    }

    package var exitStatus: ExitStatus { .usage }
}
