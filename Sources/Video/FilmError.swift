import CMedia
import Signals

/// A film could not be read, or not to its end.
///
/// The sentences leave out the name of the film, which the tool says before them.
package enum FilmError: Explained, Equatable {
    case empty
    /// Text, "a page of HTML" or the like.
    case text
    /// A text that names other files or addresses, which are never opened.
    case playlist
    case unknownFormat
    /// A container without pictures; `streams` names what it holds.
    case noPictures(streams: String)
    /// A header without a picture after it.
    case noFrames
    case undecodable
    /// An encoding that the installed FFmpeg does not decode.
    case unknownEncoding(name: String)
    case noMemory
    /// Parts that could not be decoded; the rest was.
    case brokenParts(count: Int)
    case breaksOff(afterSeconds: Double)
    case endsEarly(promisedSeconds: Double, foundSeconds: Double)
    /// FFmpeg is not installed; `library` is its file, "libavformat.so.59".
    case libraryMissing(library: String)
    case libraryMismatch(library: String)
    case cannotRead(reason: String)
    case startsAfterEnd(fromSeconds: Double)

    package var exitStatus: ExitStatus {
        switch self {
        case .libraryMissing, .libraryMismatch, .noMemory: .unavailable
        case .cannotRead: .inputOutput
        case .startsAfterEnd: .usage
        default: .damagedInput
        }
    }

    package var what: String {
        switch self {
        case .empty: "is empty"
        case .text: "is text and not a film"
        case .playlist: "is a playlist, which names other files or addresses; none is opened"
        case .unknownFormat: "is not in a film format that is known here, or its start is missing"
        case .noPictures(let streams): "holds no pictures that move, only \(streams)"
        case .noFrames: "has a header, but no picture after it"
        case .undecodable: "is damaged: none of its pictures can be decoded"
        case .unknownEncoding(let name):
            "holds pictures encoded as \(name), which the installed FFmpeg does not decode"
        case .noMemory: "needs more memory than there is"
        case .brokenParts(1): "is damaged: a frame could not be decoded, and is passed over"
        case .brokenParts(let count):
            "is damaged: \(count) frames could not be decoded, and are passed over"
        case .breaksOff(let found): "is damaged, and breaks off after \(clock(found))"
        case .endsEarly(let promised, let found):
            "ends after \(clock(found)), but its header tells of \(clock(promised))"
        case .libraryMissing(let library): "cannot be read: FFmpeg's \(library) is not installed"
        case .libraryMismatch(let library):
            "cannot be read: FFmpeg's \(library) is another version than this was built for"
        case .cannotRead(let reason): "cannot be read: \(reason)"
        case .startsAfterEnd(let from): "has no picture from \(clock(from)) on"
        }
    }

    package var remedy: String {
        switch self {
        case .empty: "check how it was recorded or copied"
        case .text: "check that this is the film"
        case .playlist: "give the film itself"
        case .unknownFormat, .undecodable, .brokenParts, .breaksOff, .endsEarly, .noFrames:
            "copy it again, or try to repair it with: ffmpeg -i INPUT OUTPUT.mp4"
        case .noPictures: "for what is said in it, type: transcribe"
        case .unknownEncoding: "convert it where it was made"
        case .noMemory: "make it smaller with: ffmpeg -i INPUT -vf scale=1280:-2 OUTPUT.mp4"
        case .libraryMissing, .libraryMismatch:
            "install it with: sudo apt install \(Self.packages)"
        case .cannotRead: "check the disk or the connection that it comes from"
        case .startsAfterEnd: "give an earlier start"
        }
    }

    private static var packages: String {
        // Safe: the names are a constant of the C file.
        unsafe String(cString: cc_film_packages())
    }
}

/// "00:01:05", as the lines of the answer have it.
///
/// - Parameter seconds: 0 or more; the part of a second is dropped, but not that of 4.99999, which a
///   container's unit makes of 5.
/// - Returns: hours, minutes and seconds.
package func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e12)) + 0.0005)
    return [whole / 3600, whole / 60 % 60, whole % 60].map { part in
        part < 10 ? "0\(part)" : "\(part)"
    }.joined(separator: ":")
}
