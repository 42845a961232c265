import Describing
import Images
import Models
import Reading
import Signals
import ToolKit
import Video

/// Watches one film after the other and writes what is to be said of it, moment by moment.
package struct FilmTeller {
    private let request: FilmRequest
    private let choice: ModelChoice
    private let hasCaptioner: Bool
    private let notices: Notices
    private var observer: Observer
    private var repeats: Repeats?
    private var loading = Loading.due
    private var hasToldOfCaptioner = false

    /// Models are loaded when the first frame needs them: a film that is done needs none.
    private enum Loading {
        case due
        case done
        case failed(any Error)
    }

    /// - Parameters:
    ///   - request: what is wanted of each film.
    ///   - choice: which captioner is taken; without any, words on the screen and the times of scenes
    ///     are told.
    ///   - notices: where it is said what could not be done.
    /// - Throws: `ModelStoreError` where a model that was named is missing, `NoModelError` where there
    ///   is none to begin captions as they are wanted, `ReadingError` where the text that is asked for
    ///   can be read in no picture.
    package init(
        _ request: FilmRequest, _ choice: ModelChoice, telling notices: Notices
    ) throws {
        hasCaptioner = try choice.findsCaptioner()
        if request.prefix != nil, !hasCaptioner { throw NoModelError(task: .describing) }
        var request = request
        request.options.noticesWords = request.readsText
        request.options.measuresFrames = hasCaptioner
        self.request = request
        self.choice = choice
        self.notices = notices
        observer = try Observer(
            request.lookRequest, captioner: nil, answerer: nil, telling: notices)
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

    /// - Returns: nil where an earlier run had come to the end.
    private mutating func watch(
        _ input: OpenInput, _ request: FilmRequest, _ telling: inout FilmTelling,
        to output: inout Output
    ) throws -> FilmReport? {
        repeats?.begin()
        do {
            return try Screening(input.descriptor, request).run { frame in
                try load()
                tellOfCaptionerOnce()
                try telling.add(frame, look(at: frame), to: &output)
            }
        } catch FilmError.startsAfterEnd where !telling.earlier.isEmpty {
            return nil
        }
    }

    private mutating func load() throws {
        switch loading {
        case .done: return
        case .failed(let error): throw error
        case .due:
            do {
                observer.captioner = try choice.captioner()
                if hasCaptioner { repeats = try Repeats(choice) }
                loading = .done
            } catch {
                loading = .failed(error)
                throw error
            }
        }
    }

    private mutating func look(at frame: PickedFrame) throws -> Sight {
        var sight = Sight()
        let isWordsOnly = frame.reason == .words
        if hasCaptioner, !isWordsOnly, frame.facts?.kind != .blank {
            sight.isRepeated = try repeats?.isRepeated(frame) ?? false
            if !sight.isRepeated { sight.caption = try observer.caption(of: frame.image) }
        }
        if request.readsText { sight.text = try observer.text(in: frame.image) }
        return sight
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
