import ModelStore
import Models
import Signals

/// Takes a model away, with what was made from it, or what a fetch that did not end has of one.
package enum Removal {
    package struct Removed: Sendable, Equatable {
        /// Of the model.
        package let name: String
        /// Where it was.
        package let path: String
        package let freedBytes: Int
        /// Whether a whole model is gone.
        package let wasInstalled: Bool
    }

    /// - Parameters:
    ///   - name: as users write it
    ///   - environment: the variables that say where the store is
    ///   - onWait: called where somebody else changes the model just now
    /// - Returns: what is gone
    /// - Throws: `ModelStoreError` where there is no such model, `KeepingError` where it is not ours.
    package static func remove(
        _ name: String, environment: [String: String], onWait: () -> Void
    ) async throws -> Removed {
        let half = HalfFetched.all(environment: environment).first {
            [$0.name, "hf:" + $0.name, $0.reference].contains(name)
        }
        do {
            return try await removeInstalled(name, environment: environment, onWait: onWait)
        } catch let error as ModelStoreError {
            guard let half else { throw error }
            return try await half.store.withLock(of: half.name, onWait: onWait) {
                // Whoever held the lock may have come further.
                let bytes = HalfFetched(half.name, in: half.store)?.byteCount ?? 0
                try half.store.remove(half.name)
                return Removed(
                    name: half.name, path: half.store.folder(of: half.name), freedBytes: bytes,
                    wasInstalled: false)
            }
        }
    }

    private static func removeInstalled(
        _ name: String, environment: [String: String], onWait: () -> Void
    ) async throws -> Removed {
        let found = try ModelStore.folder(
            named: name, environment: environment,
            pulledAs: Catalogue.entry(named: name)?.pulledAs
        ).keepingFiles(as: environment)
        let root = ModelStore.ownFolders(environment: environment).first {
            found.path.hasPrefix($0 + "/")
        }
        // A model that was named by its path has a name in the store all the same.
        let own = root.map { String(found.path.dropFirst($0.utf8.count + 1)) }
        guard let root, let own, ModelStore.isName(own) else {
            let keeper = ModelStore.keeper(of: found, environment: environment)
            throw KeepingError.notOurs(
                found.name, path: found.path,
                keeper: [.elsewhere, .store].contains(keeper)
                    ? "it lies outside of the store" : keeper.rawValue)
        }
        let store = Store(path: root)
        return try await store.withLock(of: own, onWait: onWait) {
            let kept = Catalogue.preparedPaths(of: found)
            let isLink = Disk.kind(found.path) == .link
            let files = isLink ? [] : folderNames(in: found.path).map { found.path + "/" + $0 }
            let half = HalfFetched(own, in: store)?.byteCount ?? 0
            let bytes = Set(files + kept).reduce(half) { $0 + (Disk.size($1) ?? 0) }
            try store.remove(own)
            for path in kept {
                Disk.remove(path)
                // A folder of the cache is the model's own.
                Disk.removeIfEmpty(Disk.parent(of: path))
            }
            return Removed(name: own, path: found.path, freedBytes: bytes, wasInstalled: true)
        }
    }
}
