import ArgumentParser
import ToolKit
import Video

/// Which frames of a film are looked at.
struct FrameOptions: ParsableArguments {
    // Unconditional, here and below: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A frame every so many seconds, in place of one for each scene.", valueName: "seconds"))
    var every: Double?

    @Flag(help: "One frame of each scene, and more of long ones. This is the default.")
    var scenes = false

    @Flag(help: "Only the frames that need no others, which is quick.")
    var keyframes = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Look again at a scene that lasts so long.", valueName: "seconds"))
    var longestGap = 10.0

    @OptionGroup var span: SpanOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Describe so many frames at most.", valueName: "count"))
    var maxFrames: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pictures a second of a stream of pictures, which has no times.", valueName: "number"))
    var pictureRate = 25.0

    func validate() throws {
        let ways = [
            (every != nil, "--every"), (scenes, "--scenes"), (keyframes, "--keyframes"),
        ].filter(\.0).map(\.1)
        if ways.count > 1 {
            throw ValidationError(
                "\(ways.joined(separator: " and ")) are different choices of frames; take one.")
        }
        for (value, name) in [(every ?? 1, "--every"), (longestGap, "--longest-gap")]
        where !(0.04...86_400).contains(value) {
            throw ValidationError("\(name) takes 0.04 to 86400 seconds.")
        }
        if let maxFrames, maxFrames < 1 {
            throw ValidationError("--max-frames takes a number from 1, not \(maxFrames).")
        }
        if !(0.001...1000).contains(pictureRate) {
            throw ValidationError("--picture-rate takes 0.001 to 1000 pictures a second.")
        }
    }

    var sampling: Sampling {
        if let every { return .every(seconds: every) }
        return keyframes ? .keyframes : .scenes(longestGapSeconds: longestGap)
    }

    var range: FilmRange {
        var range = FilmRange()
        range.fromSeconds = span.fromSeconds
        range.toSeconds = span.toSeconds
        range.mostFrames = maxFrames
        return range
    }
}
