import Signals

extension ModelStore {
    /// The variable that names the folder of the models that come with Curbcut.
    static let shippedVariable = "CURBCUT_STARTER_MODELS"

    /// Has the environment name the models that come with Curbcut.
    ///
    /// They are in `../share/curbcut/models` seen from the executable or, where it was built inside
    /// of a checkout, in the checkout's `examples/starter-models`.
    ///
    /// - Parameters:
    ///   - environment: as the process was given it; a user who sets the variable is obeyed, and
    ///     an empty one means that no such model is wanted.
    ///   - executable: of the running program, without links; nil asks the system.
    /// - Returns: the environment, with the variable where such a folder is.
    package static func findingShipped(
        _ environment: [String: String], executable: String? = nil
    ) -> [String: String] {
        guard environment[shippedVariable] == nil else { return environment }
        let candidates = Installation.places(
            of: "models", inCheckout: "examples/starter-models",
            executable: executable ?? Installation.executable)
        var found = environment
        found[shippedVariable] = candidates.first { candidate in
            Folders.names(in: candidate).contains {
                Folders.kind("\(candidate)/\($0)/config.json") == .file
            }
        }
        return found
    }
}
