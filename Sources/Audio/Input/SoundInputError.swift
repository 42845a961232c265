import Signals

/// A recording could not be read, or not to its end.
///
/// The sentences leave out the name of the recording, which the tool says before them.
package enum SoundInputError: Explained, Equatable {
    case empty
    case text
    case unknownFormat
    /// A container without a sound track.
    case noSound
    /// A sound track, or a header of one, without samples.
    case noSamples
    case undecodable
    /// An encoding that the installed FFmpeg does not decode.
    case unknownEncoding(name: String)
    case impossibleRate(Int)
    case impossibleChannels(Int)
    /// Where the decoder gave up, in seconds of sound found.
    case breaksOff(afterSeconds: Double)
    case endsEarly(promisedSeconds: Double, foundSeconds: Double)
    /// A header that tells of less sound than there is.
    case goesOn(promisedSeconds: Double)
    case endsInsideSample
    /// Samples that are no numbers or far beyond full scale.
    case brokenSamples(count: Int)
    /// Parts that could not be decoded; silence stands for them.
    case brokenParts(count: Int)
    /// FFmpeg is not installed; `library` is its file, "libavformat.so.59".
    case libraryMissing(library: String)
    case libraryMismatch(library: String)
    case cannotRead(reason: Int32)
    case cannotSpool(reason: String)
    case tooLongForPipe
    case noSuchChannel(Int, channelCount: Int)
    case impossibleRange(fromSeconds: Double, toSeconds: Double?)
    case startsAfterEnd(fromSeconds: Double, durationSeconds: Double)

    package var exitStatus: ExitStatus {
        switch self {
        case .libraryMissing, .libraryMismatch: .unavailable
        case .cannotRead, .cannotSpool, .tooLongForPipe: .inputOutput
        case .noSuchChannel, .impossibleRange, .startsAfterEnd: .usage
        default: .damagedInput
        }
    }
}

extension SoundInputError {
    package var what: String {
        switch self {
        case .empty: "is empty"
        case .text: "is text and not sound"
        case .unknownFormat: "is not in a sound format that is known here"
        case .noSound: "holds no sound, only other tracks"
        case .noSamples: "has a header, but no sound after it"
        case .undecodable: "is damaged: none of its sound can be decoded"
        case .unknownEncoding(let name):
            "holds sound encoded as \(name), which the installed FFmpeg does not decode"
        case .impossibleRate(let rate): "has a header that tells of \(rate) samples per second"
        case .impossibleChannels(let count): "has a header that tells of \(count) channels"
        case .breaksOff(let found): "is damaged, and breaks off after \(seconds(found))"
        case .endsEarly(let promised, let found):
            "ends after \(seconds(found)), but its header tells of \(seconds(promised))"
        case .goesOn(let promised):
            "goes on after the \(seconds(promised)) that its header tells of"
        case .endsInsideSample: "ends in the middle of a sample"
        case .brokenSamples(1):
            "has a sample that is no number, or beyond all measure; it is silenced"
        case .brokenSamples(let count):
            "has \(count) samples that are no numbers, or beyond all measure; they are silenced"
        case .brokenParts(1): "is damaged: a part could not be decoded, and is silent"
        case .brokenParts(let count):
            "is damaged: \(count) parts could not be decoded, and are silent"
        case .libraryMissing(let library):
            "is in no format that is read without FFmpeg, and \(library) is not installed"
        case .libraryMismatch(let library):
            "is in no format that is read without FFmpeg, and \(library) is another version than "
                + "this was built for"
        case .cannotRead(let reason): "cannot be read: \(systemReason(reason))"
        case .cannotSpool(let reason):
            "comes through a pipe and cannot be kept for going back in it: \(reason)"
        case .tooLongForPipe: "is too long to be read through a pipe in its format"
        case .noSuchChannel(let wanted, let count):
            "has \(count) channel\(count == 1 ? "" : "s"), so there is no channel \(wanted)"
        case .impossibleRange(let from, let to):
            "cannot be read from \(seconds(from)) to \(to.map(seconds) ?? "its end")"
        case .startsAfterEnd(let from, let duration):
            "ends at \(seconds(duration)), before the start at \(seconds(from))"
        }
    }

    package var remedy: String {
        switch self {
        case .empty, .noSamples: "check how it was recorded or copied"
        case .text: "check that this is the recording"
        case .unknownFormat:
            "convert it with: ffmpeg -i INPUT OUTPUT.wav; samples without a header need --raw"
        case .noSound: "check that this film has sound"
        case .undecodable, .breaksOff, .endsEarly, .goesOn, .endsInsideSample, .brokenSamples,
            .brokenParts:
            "copy or record it again, or try to repair it with: ffmpeg -i INPUT OUTPUT.wav"
        case .unknownEncoding: "convert it where it was made"
        case .impossibleRate, .impossibleChannels:
            "if the samples are good, say how they lie with: --raw s16le:16000:1"
        case .libraryMissing, .libraryMismatch:
            "install it with: sudo apt install \(CMediaPackages.names)"
        case .cannotRead: "check the disk or the connection that it comes from"
        case .cannotSpool: "name the file instead of piping it, or set TMPDIR to a larger disk"
        case .tooLongForPipe: "name the file instead of piping it"
        case .noSuchChannel(_, let count):
            "ask for \(count == 1 ? "--channel 1" : "a channel from 1 to \(count)")"
        case .impossibleRange: "give a start that is not negative, and an end after it"
        case .startsAfterEnd: "give an earlier start"
        }
    }
}

/// Seconds as a person writes them: "2.99 seconds".
private func seconds(_ value: Double) -> String {
    guard abs(value) < 1e15 else { return "\(value) seconds" }
    let hundredths = Int((abs(value) * 100).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    let sign = value < 0 && hundredths > 0 ? "-" : ""
    let digits =
        rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return "\(sign)\(whole)\(digits) second\(hundredths == 100 ? "" : "s")"
}
