/// Who keeps a model, and so may change or remove it.
package enum ModelKeeper: String, Sendable {
    /// Our own store: a folder of `CURBCUT_MODELS`, or `curbcut/models` under `XDG_DATA_HOME`.
    case store
    /// The cache of Hugging Face's own programs.
    case hubCache = "Hugging Face cache"
    /// What came with Curbcut.
    case shipped = "comes with Curbcut"
    /// A folder that was named by its path.
    case elsewhere
}

extension ModelStore {
    /// Folders of our own store, in the order in which they are looked at.
    package static func ownFolders(environment: [String: String]) -> [String] {
        Place.all(environment).compactMap { place in
            guard case .store(let path) = place, path != shippedFolder(environment) else {
                return nil
            }
            return path
        }
    }

    /// Every folder that is looked at, in order, with who keeps it.
    package static func folders(
        environment: [String: String]
    ) -> [(path: String, keeper: ModelKeeper)] {
        Place.all(environment).map { place in
            switch place {
            case .store(let path) where path == shippedFolder(environment): (path, .shipped)
            case .store(let path): (path, .store)
            case .hubCache(let path): (path, .hubCache)
            }
        }
    }

    /// - Parameters:
    ///   - folder: an installed model
    ///   - environment: the variables that say where the store is.
    /// - Returns: who keeps it.
    package static func keeper(
        of folder: ModelFolder, environment: [String: String]
    ) -> ModelKeeper {
        folders(environment: environment).first { folder.path.hasPrefix($0.path + "/") }?.keeper
            ?? .elsewhere
    }

    private static func shippedFolder(_ environment: [String: String]) -> String? {
        environment[shippedVariable]?.trimmingEndSlashes
    }
}
