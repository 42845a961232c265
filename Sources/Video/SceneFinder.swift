/// Finds where one shot ends and another begins, from frames seen from afar.
///
/// A cut is a step that stands out from the steps around it; by itself a large step may be motion:
///
///     steps    1 2 1 60 2 1     a cut
///              9 12 15 17 14 9  a camera that swings round
///              1 60 62 1 2      a flash: what follows looks like what was before
///
/// A dissolve has no such step. It counts once the picture has come to rest and looks different, if
/// what lay between was a mixture of both ends; else it was a camera that went elsewhere.
package struct SceneFinder: Sendable {
    package enum Finding: Sendable, Equatable {
        /// Perhaps a cut: the frame just given looks different, and the next frames tell.
        case perhaps
        /// The suspicion did not hold.
        case notACut
        /// A shot began at the suspected frame.
        case cut(atSeconds: Double)
        /// One shot has become another by and by, which rests now.
        case dissolved(atSeconds: Double)
        /// The camera has come to rest before something else.
        case moved(atSeconds: Double)
    }

    /// Steps further away do not matter.
    private static let neighbourhoodSeconds = 0.25
    /// A large step, and how far it must stand out.
    private static let clearStep = 15.0
    private static let clearRatio = 2.5
    /// A smaller one between two dark or pale shots, which must stand out further.
    private static let faintStep = 6.0
    private static let faintRatio = 6.0
    /// Steps while a picture rests, and how different it must have become.
    private static let restingStep = 2.0
    private static let settledDistance = 25.0
    private static let restSeconds = 0.3

    private struct Step {
        let seconds: Double
        let size: Double
    }

    private struct Suspect {
        let seconds: Double
        let size: Double
        /// The largest step shortly before it.
        let before: Double
        /// The largest step since.
        var after = 0.0
        let gridBefore: FrameGrid
    }

    private var previous: FrameGrid?
    /// The last quarter of a second.
    private var steps: [Step] = []
    private var suspect: Suspect?
    /// How the present shot looked when it last rested.
    private var rested: FrameGrid?
    private var restingSince: Double?
    /// What was seen since then, not more than ten times a second.
    private var between: [(seconds: Double, grid: FrameGrid)] = []

    private static let betweenSeconds = 0.1
    /// Four seconds of them: a longer change is no dissolve.
    private static let mostBetween = 40

    package init() {}

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - grid: of the frame.
    ///   - seconds: its time, not before that of the call before.
    /// - Returns: what it tells about a frame before, and then about this one.
    package mutating func see(_ grid: FrameGrid, at seconds: Double) -> [Finding] {
        defer { previous = grid }
        guard let last = previous else { return [] }
        let step = Step(seconds: seconds, size: grid.distance(to: last))
        var findings: [Finding] = []
        if let waiting = suspect, seconds - waiting.seconds > Self.neighbourhoodSeconds {
            findings.append(judge(waiting, now: last))
        }
        steps.removeAll { seconds - $0.seconds > Self.neighbourhoodSeconds }
        if step.size >= Self.faintStep, step.size > suspect?.size ?? 0 {
            findings.append(.perhaps)
            suspect = Suspect(
                seconds: seconds, size: step.size, before: steps.map(\.size).max() ?? 0,
                gridBefore: suspect?.gridBefore ?? last)
        } else if let waiting = suspect {
            suspect?.after = max(waiting.after, step.size)
        }
        steps.append(step)
        if suspect == nil, findings.isEmpty { return rest(grid, step, seconds).map { [$0] } ?? [] }
        restingSince = nil
        note(grid, seconds)
        return findings
    }

    private mutating func note(_ grid: FrameGrid, _ seconds: Double) {
        if let last = between.last, seconds - last.seconds < Self.betweenSeconds { return }
        between.append((seconds, grid))
        if between.count > Self.mostBetween { between.removeFirst() }
    }

    /// Ends the film.
    ///
    /// - Returns: whether the last suspicion was a cut.
    package mutating func finish() -> Finding? {
        guard let waiting = suspect, let last = previous else { return nil }
        return judge(waiting, now: last)
    }

    private mutating func judge(_ waiting: Suspect, now: FrameGrid) -> Finding {
        suspect = nil
        let around = max(waiting.before, waiting.after)
        let isClear = waiting.size >= Self.clearStep && waiting.size >= Self.clearRatio * around
        let isFaint = waiting.size >= Self.faintRatio * around
        let isNew = now.distance(to: waiting.gridBefore) >= 0.5 * waiting.size
        guard isClear || isFaint, isNew else { return .notACut }
        rested = nil
        between = []
        return .cut(atSeconds: waiting.seconds)
    }

    private mutating func rest(_ grid: FrameGrid, _ step: Step, _ seconds: Double) -> Finding? {
        note(grid, seconds)
        guard step.size <= Self.restingStep else {
            restingSince = nil
            return nil
        }
        let since = restingSince ?? seconds
        restingSince = since
        guard seconds - since >= Self.restSeconds else { return nil }
        guard let before = rested else {
            rested = grid
            return nil
        }
        guard grid.distance(to: before) >= Self.settledDistance else { return nil }
        let isDissolve = between.contains { $0.grid.isMixture(of: before, grid) }
        rested = grid
        between = []
        return isDissolve ? .dissolved(atSeconds: since) : .moved(atSeconds: since)
    }
}
