import Signals

/// Turns what was heard into subtitles that keep to a house style, while it is heard.
///
/// A cue comes out when nothing that is heard later can change it: when its text is parted from what
/// follows, and when the start of the next speech is known, up to which it may stay.
package struct SubtitleShaper: Sendable {
    private let profile: SubtitleProfile
    private let timing: Timing
    private let eachWord: Bool
    private let labelsSpeakers: Bool

    /// Of one speaker, not yet parted into cues.
    private var pending: [Piece] = []
    /// Those of `pending`, roughly.
    private var pendingColumns = 0
    private var speaker: String?
    /// Parted, not yet timed.
    private var drafts: [Draft] = []
    private var labelledSpeaker: String?
    private var lastSpeechStart = 0
    private var previous: Cue?
    private var cueCount = 0
    /// What no shaping could mend, words too fast to read, since the last `takeWarnings`.
    package private(set) var warnings: [SubtitleFinding] = []

    private struct Draft: Sendable {
        let lines: [String]
        /// Of the speech, in milliseconds.
        let start: Int
        let end: Int
        let speaker: String?
    }

    /// A silence that surely ends a cue, in milliseconds.
    private static let endingPause = 1500
    /// The shortest time that a cue is given where speech leaves none, in milliseconds.
    private static let leastTime = (cue: 200, word: 10)

    /// - Parameters:
    ///   - profile: the limits.
    ///   - eachWord: one cue for each word, standing while it is spoken.
    ///   - labelsSpeakers: leave room in the lines for the label that SRT has for a new speaker.
    package init(
        _ profile: SubtitleProfile, eachWord: Bool = false, labelsSpeakers: Bool = false
    ) {
        var profile = profile
        let widths = SubtitleProfile.lineWidths
        profile.lineWidth = min(max(profile.lineWidth, widths.lowerBound), widths.upperBound)
        profile.lineLimit = max(profile.lineLimit, 1)
        if eachWord {
            profile.minimumSeconds = 0
            profile.gapSeconds = 0
            profile.closedGapSeconds = 0
            profile.lingerSeconds = 0
            profile.charactersPerSecond = .infinity
        }
        self.profile = profile
        self.eachWord = eachWord
        self.labelsSpeakers = labelsSpeakers
        timing = Timing(profile)
    }

    /// Takes the next segment, which starts no earlier than the one before.
    ///
    /// - Returns: the cues that are settled now, often none.
    package mutating func add(_ segment: SpokenSegment) -> [Cue] {
        var pieces = Piece.pieces(of: segment)
        guard !pieces.isEmpty else { return [] }
        for i in pieces.indices {
            pieces[i].start = max(pieces[i].start, lastSpeechStart)
            pieces[i].end = max(pieces[i].end, pieces[i].start)
            lastSpeechStart = pieces[i].start
        }
        pieces[0].isSpaced = parts(pending.last, from: pieces[0])
        if segment.speaker != speaker {
            part(pending.count, nextStart: pieces[0].start)
            speaker = segment.speaker
        }
        if labelsSpeakers, let speaker, speaker != labelledSpeaker {
            pieces[0].width += displayWidth(speakerLabel(speaker, profile))
        }
        labelledSpeaker = speaker
        for piece in pieces { add(piece) }
        return release(isLast: false)
    }

    /// - Returns: the rest.
    package mutating func finish() -> [Cue] {
        part(pending.count, nextStart: nil)
        return release(isLast: true)
    }

    /// The warnings since the last call.
    package mutating func takeWarnings() -> [SubtitleFinding] {
        defer { warnings = [] }
        return warnings
    }

    /// Whether a space stands between two segments.
    ///
    /// Most models write it and some forget; Japanese has one where no punctuation parts phrases.
    private func parts(_ last: Piece?, from next: Piece) -> Bool {
        guard let end = last?.text.last, let start = next.text.first else { return false }
        return !(end.isUnspaced && start.isUnspaced) || !(end.isPunctuation || start.isPunctuation)
    }

    private mutating func add(_ piece: Piece) {
        let isNewCue = eachWord && !piece.continuesWord
        if let last = pending.last, isNewCue || piece.start - last.end >= Self.endingPause {
            part(pending.count, nextStart: piece.start)
        }
        pending += piece.split(width: profile.lineWidth)
        pendingColumns += piece.width + 1
        partWhereLong()
    }

    /// Parts the start of a long speech from its end, so that neither memory nor waiting grows.
    private mutating func partWhereLong() {
        let cueWidth = profile.lineWidth * profile.lineLimit
        guard pendingColumns > 4 * cueWidth else { return }
        let breaker = CueBreaker(pending, profile, nextStart: nil)
        let ends = breaker.cues().dropLast().compactMap { $0.last?.upperBound }
        // What follows decides over the last cues, not over those before a sentence that ended.
        let settled = ends.last { breaker.endsSentence(before: $0) } ?? ends.dropLast().last
        guard let end = settled ?? ends.last else { return }
        part(end, nextStart: pending[end].start)
    }

    private mutating func part(_ count: Int, nextStart: Int?) {
        guard count > 0 else { return }
        let pieces = Array(pending.prefix(count))
        let breaker = CueBreaker(pieces, profile, nextStart: nextStart)
        for lines in breaker.cues() {
            guard let first = lines.first?.first, let last = lines.last?.last else { continue }
            drafts.append(
                Draft(
                    lines: lines.map(breaker.text), start: pieces[first].start,
                    end: pieces[first...last].reduce(0) { max($0, $1.end) }, speaker: speaker))
        }
        pending.removeFirst(count)
        pendingColumns = pending.reduce(0) { $0 + $1.width + 1 }
    }

    private mutating func release(isLast: Bool) -> [Cue] {
        var cues: [Cue] = []
        var count = 0
        for (i, draft) in drafts.enumerated() {
            let next = i + 1 < drafts.count ? drafts[i + 1].start : pending.first?.start
            guard next != nil || isLast else { break }
            let cue = timed(draft, nextStart: next)
            cueCount += 1
            warnings += CueRules(profile, .shaped).findings(cue, number: cueCount, after: previous)
            previous = cue
            cues.append(cue)
            count += 1
        }
        drafts.removeFirst(count)
        return cues
    }

    /// From the first word to the last and on into the silence, as far as the limits ask and allow.
    private func timed(_ draft: Draft, nextStart: Int?) -> Cue {
        let earliest = previous.map { milliseconds($0.range.endSeconds) + timing.gap } ?? 0
        let start = max(draft.start, earliest)
        let columns = draft.lines.reduce(0) { $0 + displayWidth($1) }
        let reading = Int((Double(columns) * 1000 / profile.charactersPerSecond).rounded(.up))
        let wished = max(
            draft.end, start + timing.minimum, min(start + reading, draft.end + timing.linger))
        var end = min(wished, start + timing.maximum)
        if let nextStart {
            let room = nextStart - timing.gap
            let isNear = room > end && nextStart - end < timing.closedGap
            end = isNear ? min(room, start + timing.maximum) : min(end, room)
        }
        let least = eachWord ? Self.leastTime.word : Self.leastTime.cue
        end = max(end, start + least)
        return Cue(
            range: TimeRange(startSeconds: Double(start) / 1000, endSeconds: Double(end) / 1000),
            lines: draft.lines, speaker: draft.speaker)
    }
}
