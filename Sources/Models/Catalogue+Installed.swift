import ModelStore
import Signals

extension Catalogue {
    /// Which installed model does a task.
    ///
    /// - Parameters:
    ///   - name: a folder or a name; nil takes the first of the catalogue that is installed.
    ///   - task: what it has to do.
    ///   - environment: the variables that say where the store is.
    /// - Returns: its folder, which knows where files made from it are kept; nil where none was named and none is installed.
    /// - Throws: `ModelStoreError` where the named one is missing.
    package static func folder(
        named name: String?, for task: CatalogueEntry.Task, environment: [String: String]
    ) throws(ModelStoreError) -> ModelFolder? {
        if let name {
            let known = entries.first { [$0.name, $0.repository].contains(name) }
            return try ModelStore.folder(
                named: name, environment: environment, pulledAs: known?.pulledAs
            ).keepingFiles(as: environment)
        }
        let installed = ModelStore.installed(environment: environment)
        let candidates = entries.lazy.filter { $0.task == task && !$0.isTakenOnlyByName }
        return candidates.compactMap { entry in
            installed.first { [entry.name, entry.repository].contains($0.name) }
        }.first?.keepingFiles(as: environment)
    }

    /// - Returns: what to type to have the first model that does a task.
    package static func installCommand(for task: CatalogueEntry.Task) -> String {
        let first = entries.lazy.filter { $0.task == task }.compactMap(\.pulledAs).first
        return ModelStore.installCommand(first ?? "NAME")
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
        case .detecting: "no voice detector is installed"
        case .comparing: "no model that compares pictures is installed"
        }
    }

    package var remedy: String { Catalogue.installCommand(for: task) }
    package var exitStatus: ExitStatus { .unavailable }
}
