import Signals

/// Why a model cannot be loaded, or cannot do what it is asked.
package enum ModelError: Explained, Equatable {
    /// `config.json` names an architecture that nobody here computes, or none that does this task.
    case architecture(found: String, folder: String, wanted: [String])
    /// Files that do not belong together.
    case mismatch(folder: String, String)
    /// Weights that lead to infinities or to no number at all.
    case notFinite(folder: String)
    /// A prefix or a question that leaves no room to write.
    case tooLong(String, tokens: Int, limit: Int)

    package var what: String {
        switch self {
        case .architecture(let found, let folder, let wanted):
            "\(folder) holds a model of the kind '\(found)' where "
                + wanted.joined(separator: " or ") + " is needed"
        case .mismatch(let folder, let how): "the files of \(folder) do not fit: \(how)"
        case .notFinite(let folder):
            "the weights of \(folder) are damaged: what they compute is not a number"
        case .tooLong(let kind, let tokens, let limit):
            "the \(kind) is \(tokens) tokens long where the model takes \(limit)"
        }
    }

    package var remedy: String {
        switch self {
        case .architecture: "name another model with --model"
        case .mismatch, .notFinite: "fetch the model again"
        case .tooLong(let kind, _, _): "give a shorter \(kind)"
        }
    }

    package var exitStatus: ExitStatus {
        if case .tooLong = self { return .usage }
        return .unavailable
    }
}
