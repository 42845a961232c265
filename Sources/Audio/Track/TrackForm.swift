/// A kind of file that a track of sound is written to.
package enum TrackForm: Sendable, Equatable, CaseIterable {
    case wav
    case flac
    /// AAC by itself.
    case m4a
    /// AAC beside the film that it belongs to.
    case mp4
    case mkv

    /// The form that the ending of a file's name stands for; nil where it stands for none.
    package init?(endingOf path: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "wav": self = .wav
        case "flac": self = .flac
        case "m4a": self = .m4a
        case "mp4", "m4v": self = .mp4
        case "mkv": self = .mkv
        default: return nil
        }
    }

    /// Whether the film's own streams are in it too.
    package var holdsFilm: Bool { self == .mp4 || self == .mkv }

    /// Whether a file of the form names each packet in a list that is in memory until its end.
    var listsPackets: Bool { self == .m4a || self == .mp4 }

    /// FFmpeg's names.
    var names: (format: String, encoder: String) {
        switch self {
        case .wav: ("wav", "pcm_s16le")
        case .flac: ("flac", "flac")
        case .m4a: ("ipod", "aac")
        case .mp4: ("mp4", "aac")
        case .mkv: ("matroska", "aac")
        }
    }
}
