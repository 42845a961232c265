import Images
import Models
import Reading
import Signals
import ToolKit

/// Looks at one picture after the other and says what it finds, part by part.
package struct Observer {
    private let request: Request
    /// May be set before the first frame of a film, where it is loaded late.
    package var captioner: (any ImageDescriber)?
    private let answerer: (any QuestionAnswerer)?
    private let notices: Notices
    /// Opens pictures, on any thread.
    package let reader: PictureReader
    /// What was already said to be missing; once is enough for a million pictures.
    private var missing: [ReadingError] = []
    private var hasToldOfFacts = false
    private var hasToldOfScope = false

    /// - Parameters:
    ///   - request: what is wanted of each picture.
    ///   - captioner: nil lets the measured facts carry the answer.
    ///   - answerer: needed where the request is a question.
    ///   - notices: where it is said what could not be looked for.
    /// - Throws: `ReadingError` where the text that is asked for can be read in no picture.
    package init(
        _ request: Request, captioner: (any ImageDescriber)?,
        answerer: (any QuestionAnswerer)?, telling notices: Notices
    ) throws {
        self.request = request
        self.captioner = captioner
        self.answerer = answerer
        self.notices = notices
        reader = try PictureReader(
            request,
            limits: Self.decodingLimits(request, captioner: captioner, answerer: answerer))
    }

    /// Says what a picture shows.
    ///
    /// - Parameters:
    ///   - picture: as `reader` opened it.
    ///   - say: takes each line as soon as it is known.
    /// - Throws: `ReadingError`, the model's errors, and what `say` throws.
    package mutating func describe(
        _ picture: OpenPicture, _ say: (String) throws -> Void
    ) throws {
        let started = ContinuousClock.now
        var seen = Observation(input: picture.name, image: picture.image, facts: picture.facts)
        let label = picture.label.map { $0 + ": " } ?? ""
        for part in request.parts {
            if !seen.isBlank { try find(part, of: picture, in: &seen) }
            guard !request.json else { continue }
            for line in seen.lines(part, for: request.form) { try say(label + line) }
        }
        if request.json {
            let spent = (picture.openingTime + (ContinuousClock.now - started)) / .milliseconds(1)
            try say(seen.json(request.form, milliseconds: Int(spent.rounded())).line)
        }
    }

    /// Says what a frame of a film shows.
    ///
    /// - Parameter image: the frame.
    /// - Returns: the captioner's words; nil without one, or where it does not know what it sees.
    /// - Throws: the model's errors.
    package mutating func caption(of image: Image) throws -> Observation.Said? {
        guard let captioner else {
            tellOfFactsOnce()
            return nil
        }
        let description = try captioner.describe(image, prefix: request.prefix)
        if let scope = captioner.scope {
            guard !description.text.isEmpty else {
                tellOfFactsOnce()
                return nil
            }
            tellOnce(of: scope, captioner.name)
        }
        return Observation.Said(model: captioner.name, description: description)
    }

    /// Reads what stands in a frame of a film.
    ///
    /// - Parameter image: the frame.
    /// - Returns: blocks of text in reading order.
    /// - Throws: `ReadingError` where text is what the user asked for.
    package mutating func text(in image: Image) throws -> [TextBlock] {
        let reader = reader
        return try textIfPossible { () throws(ReadingError) in try reader.read(image) } ?? []
    }

    /// Text needs letters of enough pixels, and facts are judged at the size of a screen; where
    /// neither is said, what the model looks at is enough.
    private static func decodingLimits(
        _ request: Request, captioner: (any ImageDescriber)?, answerer: (any QuestionAnswerer)?
    ) -> DecodingLimits {
        let modelSide = max(captioner?.imageSide ?? 0, answerer?.imageSide ?? 0)
        let saysFacts = request.json || modelSide == 0 || captioner?.scope != nil
        let side = request.wantsText || saysFacts ? max(readingSide, modelSide) : modelSide
        return DecodingLimits(maxPixels: request.maxPixels, shorterSide: side)
    }

    /// Half of a 12-megapixel photo: a page that fills it has 180 dots per inch.
    private static let readingSide = 1500

    private mutating func find(
        _ part: Request.Part, of picture: OpenPicture, in seen: inout Observation
    ) throws {
        switch part {
        case .words:
            let saysAll = request.form == .alt && showsOnlyText(seen.image, seen.text ?? [])
            guard !saysAll else { return }
            seen.caption = try caption(of: seen.image)
        case .answer:
            guard let answerer, case .question(let question) = request.form else { return }
            let description = try answerer.answer(question, about: seen.image)
            let said = Observation.Said(model: answerer.name, description: description)
            guard !said.sentence.isEmpty else { throw NoAnswerError(model: answerer.name) }
            seen.answer = said
        case .text:
            seen.text = try textIfPossible(picture.text.value)
        case .codes:
            do {
                seen.codes = try picture.codes.value()
            } catch {
                sayOnce(error)
            }
        case .facts, .alt:
            break
        }
    }

    private mutating func textIfPossible(
        _ read: () throws(ReadingError) -> [TextBlock]
    ) throws(ReadingError) -> [TextBlock]? {
        do {
            return try read()
        } catch {
            if request.needsText { throw error }
            sayOnce(error)
            return nil
        }
    }
}

extension Observer {
    /// Said where facts first stand in for a caption, not before a picture that cannot be read.
    private mutating func tellOfFactsOnce() {
        if case .frame = request.form { return }
        guard !hasToldOfFacts else { return }
        hasToldOfFacts = true
        let reason = captioner.map { "\($0.name) does not know what this is" }
        notices.line(
            "\(reason ?? "no captioning model is installed"), so this is what can be read and "
                + "measured; for a captioner, \(Catalogue.installCommand(for: .describing))")
    }

    /// A caption of a model that was taught little is marked, since its user may not have chosen it.
    private mutating func tellOnce(of scope: String, _ model: String) {
        guard !hasToldOfScope else { return }
        hasToldOfScope = true
        notices.line(
            "described by \(model), which knows \(scope) only; for a captioner of photographs, "
                + Catalogue.installCommand(for: .describing))
    }

    /// Text and codes are an addition to a caption: where they cannot be read, that is said, and the
    /// rest goes on; where text is what the user asked for, it is a failure.
    private mutating func sayOnce(_ error: ReadingError) {
        guard !missing.contains(error) else { return }
        missing.append(error)
        notices.failure(error)
    }
}
