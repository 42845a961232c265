import Signals

/// Why bytes did not become a picture.
package enum ImageError: Error, Equatable, Sendable {
    /// There are no bytes at all.
    case empty
    /// The bytes are something else, named with its article: "a page of HTML".
    case notAPicture(String)
    /// The small text that Git keeps in place of a large file.
    case gitLFSPointer
    /// No format that is known here, not even by name.
    case unknown
    /// A picture of a format that is not read here, and the command that converts it.
    case unsupported(format: String, converter: Converter)
    /// The header announces more pixels than the limit, which may be a trap; none were decoded.
    case tooLarge(format: PictureFormat, width: Int, height: Int, maxPixels: Int)
    /// Within the limit, and yet more than the system has memory for.
    case noMemory(format: PictureFormat, width: Int, height: Int)
    /// The data stops before the whole picture; at least `percent` of it was read, 0 where the
    /// format does not store it from top to bottom.
    case endsEarly(format: PictureFormat, percent: Int)
    /// The decoder's own words on what is wrong with the data.
    case damaged(format: PictureFormat, reason: String)
}

/// A command of Debian that turns a format into one that is read here.
package struct Converter: Equatable, Sendable {
    package let command: String
    package let package: String
}

extension ImageError: Explained {
    package var what: String {
        switch self {
        case .empty:
            "there are 0 bytes where a picture should be"
        case .notAPicture(let kind):
            "this is \(kind), not a picture"
        case .gitLFSPointer:
            "this is a Git LFS pointer, not the picture that it stands for"
        case .unknown:
            "these bytes are no picture of a known format"
        case .unsupported(let format, _):
            "the picture is \(format), which is not read here"
        case .tooLarge(let format, let width, let height, let maxPixels):
            "the \(format) picture says it is \(width) x \(height) pixels, more than \(maxPixels)"
        case .noMemory(let format, let width, let height):
            "there is no memory for the \(width) x \(height) pixels of the \(format) picture"
        case .endsEarly(let format, 0):
            "the \(format) data ends before the picture is complete"
        case .endsEarly(let format, let percent):
            "the \(format) data ends early: \(percent) % of the picture could be read"
        case .damaged(let format, let reason):
            "the \(format) data is damaged: \(reason)"
        }
    }

    package var remedy: String {
        switch self {
        case .empty:
            "check that the command before the pipe wrote something"
        case .notAPicture:
            "give a JPEG, PNG or WebP picture"
        case .gitLFSPointer:
            "fetch the picture: git lfs pull"
        case .unknown:
            "give a JPEG, PNG or WebP picture; the command file says what the bytes are"
        case .unsupported(_, let converter):
            "convert it first: \(converter.command) (Debian package \(converter.package))"
        case .tooLarge(_, let width, let height, _):
            "if you trust it, allow that many: --max-pixels \(pixelCount(width, height))"
        case .noMemory:
            "make it smaller on another machine, or lower --max-pixels to pass over such pictures"
        case .endsEarly:
            "fetch or copy the file again"
        case .damaged:
            "fetch or export the picture again"
        }
    }

    package var exitStatus: ExitStatus {
        if case .noMemory = self { .unavailable } else { .damagedInput }
    }
}

/// Saturates: a PNG header can announce 2^62 pixels, a hostile one no more.
private func pixelCount(_ width: Int, _ height: Int) -> Int {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    return overflow ? Int.max : count
}
