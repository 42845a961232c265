/// A kind of sound file that can be written.
package enum SoundFormat: String, Sendable, CaseIterable {
    case wav
    case flac
    /// Vorbis.
    case ogg
    case opus
    case mp3

    /// The format that the ending of a file's name stands for; nil where it stands for none.
    package init?(endingOf path: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "wav", "wave": self = .wav
        case "flac": self = .flac
        case "ogg", "oga": self = .ogg
        case "opus": self = .opus
        case "mp3": self = .mp3
        default: return nil
        }
    }
}
