import Signals

/// Why a model, or a file of it, is not there.
package enum ModelStoreError: Explained, Equatable {
    case badName(String)
    case notInstalled(String, lookedIn: [String], similar: [String], pulledAs: String?)
    case missingFile(String, folder: String)
    case tooLarge(String, folder: String, limit: Int)
    case unreadable(String, folder: String, reason: String)

    package var what: String {
        switch self {
        case .badName(let name):
            return "'\(name)' is no name of a model"
        case .notInstalled(let name, let places, let similar, _):
            let looked = places.isEmpty ? "" : " (looked in \(places.joined(separator: ", ")))"
            let close = similar.isEmpty ? "" : "; installed is \(similar.joined(separator: ", "))"
            return "there is no model '\(name)' here\(looked)\(close)"
        case .missingFile(let file, let folder):
            return "the model in \(folder) has no \(file)"
        case .tooLarge(let file, let folder, let limit):
            return "\(folder)/\(file) is larger than the \(limit >> 20) MiB that it may have"
        case .unreadable(let file, let folder, let reason):
            return "\(folder)/\(file) cannot be read: \(reason)"
        }
    }

    package var remedy: String {
        switch self {
        case .badName: "give a folder, a name, or owner and name as in Owner/name"
        case .notInstalled(_, _, _, let model?): ModelStore.installCommand(model)
        case .notInstalled:
            "give the folder that holds the model's config.json, or see what can be had with: "
                + "curbcut list"
        case .missingFile, .tooLarge: "fetch the model again"
        case .unreadable: "check who may read it with: ls -l"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
