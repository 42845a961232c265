import ModelStore
import Models
import Signals

/// Takes a model away, with what was made from it.
package enum Removal {
    /// - Parameters:
    ///   - name: as users write it
    ///   - environment: the variables that say where the store is
    ///   - onWait: called where somebody else changes the model just now
    /// - Returns: the path that is gone, and how many bytes that freed
    /// - Throws: `ModelStoreError` where there is no such model, `KeepingError` where it is not ours.
    package static func remove(
        _ name: String, environment: [String: String], onWait: () -> Void
    ) async throws -> (path: String, freedBytes: Int) {
        let found = try ModelStore.folder(
            named: name, environment: environment,
            pulledAs: Catalogue.entry(named: name)?.pulledAs
        ).keepingFiles(as: environment)
        let keeper = ModelStore.keeper(of: found, environment: environment)
        guard keeper == .store,
            let root = ModelStore.ownFolders(environment: environment).first(where: {
                found.path == "\($0)/\(found.name)"
            })
        else {
            throw KeepingError.notOurs(
                found.name, path: found.path,
                keeper: keeper == .elsewhere ? "it lies outside of the store" : keeper.rawValue)
        }
        let store = Store(path: root)
        return try await store.withLock(of: found.name, onWait: onWait) {
            let kept = Catalogue.preparedPaths(of: found)
            let isLink = Disk.kind(found.path) == .link
            let own = isLink ? [] : folderNames(in: found.path).map { found.path + "/" + $0 }
            let bytes = Set(own + kept).reduce(0) { $0 + (Disk.size($1) ?? 0) }
            try store.remove(found.name)
            for path in kept {
                Disk.remove(path)
                // A folder of the cache is the model's own.
                Disk.removeIfEmpty(Disk.parent(of: path))
            }
            return (found.path, bytes)
        }
    }
}
