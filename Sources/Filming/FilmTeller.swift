import Describing
import Images
import Models
import Signals
import ToolKit
import Video

/// Watches one film after the other and writes what is to be said of it, moment by moment.
package struct FilmTeller {
    private let request: FilmRequest
    private let hasCaptioner: Bool
    private let notices: Notices
    private var observer: Observer
    private var hasToldOfCaptioner = false

    /// - Parameters:
    ///   - request: what is wanted of each film.
    ///   - captioner: nil leaves the words on the screen and the times of scenes.
    ///   - notices: where it is said what could not be done.
    /// - Throws: `ReadingError` where the text that is asked for can be read in no picture.
    package init(
        _ request: FilmRequest, captioner: (any ImageDescriber)?, telling notices: Notices
    ) throws {
        self.request = request
        self.notices = notices
        hasCaptioner = captioner != nil
        observer = try Observer(
            request.lookRequest, captioner: captioner, answerer: nil, telling: notices)
    }

    /// Describes a film.
    ///
    /// - Parameters:
    ///   - input: the film.
    ///   - output: takes each line as soon as it is known.
    /// - Throws: `FilmError`, `JournalError`, `OutputError`, what the models throw, and
    ///   `PartialAnswer` after the answer where the film is damaged.
    package mutating func tell(_ input: OpenInput, to output: inout Output) throws {
        var telling = try FilmTelling(
            request, input, hasCaptioner: hasCaptioner, telling: notices)
        output.write(telling.head)
        try output.flush()
        for moment in telling.earlier { try telling.replay(moment, to: &output) }
        var watched = request
        watched.range.fromSeconds = telling.fromSeconds
        let report = try watch(input, watched, &telling, to: &output)
        try telling.finish(report, to: &output)
        if let damage = report?.damage { throw PartialAnswer(damage) }
    }

    /// - Returns: nil where an earlier run came to the end already.
    private mutating func watch(
        _ input: OpenInput, _ request: FilmRequest, _ telling: inout FilmTelling,
        to output: inout Output
    ) throws -> FilmReport? {
        let screening = Screening(input.descriptor, request)
        do {
            return try screening.run { frame in
                tellOfCaptionerOnce()
                let seen = try observer.observe(frame.image, named: input.name)
                try telling.add(frame, seen, to: &output)
            }
        } catch FilmError.startsAfterEnd where !telling.earlier.isEmpty {
            return nil
        }
    }

    /// Said at the first frame, not before a film that cannot be read.
    private mutating func tellOfCaptionerOnce() {
        guard !hasCaptioner, !hasToldOfCaptioner else { return }
        hasToldOfCaptioner = true
        let rest =
            request.readsText
            ? "only the words on the screen and the times of scenes are told"
            : "only the times of scenes are told"
        notices.line(
            "no captioning model is installed, so \(rest); for a captioner, "
                + Catalogue.installCommand(for: .describing))
    }
}
