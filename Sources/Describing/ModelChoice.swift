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

    /// - Returns: what to type to have the first model of the catalogue that does a task.
    package static func installCommand(for task: CatalogueEntry.Task) -> String {
        ModelStore.installCommand(repository(for: task) ?? "OWNER/NAME")
    }

    private static func repository(for task: CatalogueEntry.Task) -> String? {
        Catalogue.entries.first { $0.task == task }?.repository
    }

    private func folder(for task: CatalogueEntry.Task) throws(ModelStoreError) -> ModelFolder? {
        if let name {
            let known = Catalogue.entries.first { [$0.name, $0.repository].contains(name) }
            return try ModelStore.folder(
                named: name, environment: environment, repository: known?.repository)
        }
        let installed = ModelStore.installed(environment: environment)
        return Catalogue.entries.lazy.filter { $0.task == task }.compactMap { entry in
            installed.first { [entry.name, entry.repository].contains($0.name) }
        }.first
    }
}

/// The work cannot be done without a model, and none for it is installed.
package struct NoModelError: Explained {
    let task: CatalogueEntry.Task

    package init(task: CatalogueEntry.Task) {
        self.task = task
    }

    package var what: String {
        switch task {
        case .describing: "no captioning model is installed"
        case .answering: "no model that answers questions is installed"
        case .transcribing: "no speech model is installed"
        }
    }

    package var remedy: String { ModelChoice.installCommand(for: task) }
    package var exitStatus: ExitStatus { .unavailable }
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
