import Inference
import ModelStore
import Models
import Signals

/// Which installed model does a task.
package struct ModelChoice: Sendable {
    /// A folder or a name; nil takes the first of the catalogue that is installed.
    package var name: String?
    package var precision: Precision
    package var beams: Int
    package var environment: [String: String]

    package init(
        name: String?, precision: Precision, beams: Int, environment: [String: String]
    ) {
        self.name = name
        self.precision = precision
        self.beams = beams
        self.environment = environment
    }

    /// - Returns: whether there is a captioner; it is not loaded.
    /// - Throws: `ModelStoreError` where the named one is missing.
    package func findsCaptioner() throws(ModelStoreError) -> Bool {
        try folder(for: .describing) != nil
    }

    /// - Returns: the captioner; nil where none was named and none is installed.
    /// - Throws: `ModelStoreError` where the named one is missing; the model's own errors.
    package func captioner() throws -> (any ImageDescriber)? {
        guard let folder = try folder(for: .describing) else { return nil }
        return try Catalogue.imageDescriber(
            in: folder, precision: precision, beams: beams, maximumTokens: nil)
    }

    /// - Returns: a model that answers questions.
    /// - Throws: `ModelStoreError` where none is installed; the model's own errors.
    package func answerer() throws -> any QuestionAnswerer {
        guard let folder = try folder(for: .answering) else {
            throw NoModelError(task: .answering)
        }
        return try Catalogue.questionAnswerer(
            in: folder, precision: precision, beams: beams, maximumTokens: nil)
    }

    private func folder(for task: CatalogueEntry.Task) throws(ModelStoreError) -> ModelFolder? {
        try Catalogue.folder(named: name, for: task, environment: environment)
    }
}

/// A question was put to a model, and it wrote nothing.
package struct NoAnswerError: Explained, Equatable {
    let model: String

    package init(model: String) {
        self.model = model
    }

    package var what: String { "the model \(model) gave no answer" }
    package var remedy: String { "ask in other words, or name another model with --model" }
    package var exitStatus: ExitStatus { .unavailable }
}
