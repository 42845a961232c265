import Signals

/// A track could not be written.
package enum TrackError: Explained, Equatable {
    /// The installed FFmpeg was built without the encoder.
    case noEncoder(name: String)
    /// The encoder does not take so many channels, or not for such speakers.
    case noSpeakers(name: String)
    /// The kind of file does not take an encoding that the film has.
    case cannotHold(encoding: String, form: String)
    case unreadableFilm
    case noMemory
    case notWritten

    package var what: String {
        switch self {
        case .noEncoder(let name): "the installed FFmpeg cannot write \(name)"
        case .noSpeakers(let name): "\(name) does not take the channels of the film"
        case .cannotHold(let encoding, let form):
            "the film has a track encoded as \(encoding), which a file of the kind \(form) cannot hold"
        case .unreadableFilm: "the film cannot be copied, for it cannot be read a second time"
        case .noMemory: "there is not enough memory to write the track"
        case .notWritten: "the track cannot be written"
        }
    }

    package var remedy: String {
        switch self {
        case .noEncoder, .noSpeakers, .cannotHold:
            "write another kind of file, ending in .mkv or .wav"
        case .unreadableFilm: "check the disk that it comes from"
        case .noMemory: "end other programs"
        case .notWritten: "see what is free with: df -h"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .noEncoder, .noSpeakers, .noMemory: .unavailable
        case .cannotHold: .usage
        case .unreadableFilm, .notWritten: .inputOutput
        }
    }
}
