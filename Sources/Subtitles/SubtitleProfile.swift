/// The limits of a house style for subtitles.
package struct SubtitleProfile: Sendable, Equatable {
    /// As `--profile` names it.
    package var name: String
    /// Of one line, in columns: a wide character of East Asia takes two.
    package var lineWidth = 42
    /// Of one cue.
    package var lineLimit = 2
    /// Faster than this is reported, never cut: the words are the speaker's.
    package var charactersPerSecond = 17.0
    package var minimumSeconds = 0.833
    package var maximumSeconds = 7.0
    /// Between the end of a cue and the start of the next.
    package var gapSeconds = 0.083
    /// A longer gap that is shorter than this is closed down to `gapSeconds`; 0 closes none.
    package var closedGapSeconds = 0.0
    /// How long a cue may stay after the last word for those who read slowly.
    package var lingerSeconds = 1.5

    /// Widths that a line can be limited to: a narrower one holds no long word.
    package static let lineWidths = 16...1000

    package init(name: String) { self.name = name }

    /// 42 columns, two lines, 17 characters per second, 0.833 s to 7 s, two frames of film apart.
    package static let standard = SubtitleProfile(name: "standard")

    /// Source: Netflix, "Timed Text Style Guide: General Requirements" and "English Template".
    ///
    /// Gaps of 3 to 11 frames are closed to two.
    package static let netflix = changed("netflix") { $0.closedGapSeconds = 0.5 }

    /// Source: "BBC Subtitle Guidelines"; 180 words a minute are 17 characters a second.
    ///
    /// A gap is at least a second long or there is none.
    package static let bbc = changed("bbc") {
        $0.lineWidth = 37
        $0.minimumSeconds = 1
        $0.gapSeconds = 0
        $0.closedGapSeconds = 1
    }

    /// Source: DCMP, "Captioning Key"; 160 words a minute are 15 characters a second.
    ///
    /// The shortest cue is 40 frames at 30 a second.
    package static let dcmp = changed("dcmp") {
        $0.lineWidth = 32
        $0.charactersPerSecond = 15
        $0.minimumSeconds = 1.333
        $0.maximumSeconds = 6
        $0.gapSeconds = 0
    }

    package static let all = [standard, netflix, bbc, dcmp]

    /// - Returns: nil where no house has that name.
    package static func named(_ name: String) -> SubtitleProfile? {
        all.first { $0.name == name.lowercased() }
    }

    private static func changed(
        _ name: String, by change: (inout SubtitleProfile) -> Void
    ) -> SubtitleProfile {
        var profile = SubtitleProfile(name: name)
        change(&profile)
        return profile
    }
}

/// The limits on a clock of whole milliseconds, which the files have.
struct Timing: Sendable {
    let minimum: Int
    let maximum: Int
    let gap: Int
    let closedGap: Int
    let linger: Int

    init(_ profile: SubtitleProfile) {
        minimum = milliseconds(profile.minimumSeconds)
        maximum = milliseconds(profile.maximumSeconds)
        gap = milliseconds(profile.gapSeconds)
        closedGap = milliseconds(profile.closedGapSeconds)
        linger = milliseconds(profile.lingerSeconds)
    }
}

/// Rounded; what lies before 0 is 0, and what lies 30 years on, or nowhere, is there.
func milliseconds(_ seconds: Double) -> Int {
    let most = 1e9
    return seconds > 0 ? Int((min(seconds, most) * 1000).rounded()) : 0
}
