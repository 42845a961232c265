import ModelStore
import Signals

/// The folder that models are installed in.
package struct Store: Sendable, Equatable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The first folder of our own that can be written to.
    ///
    /// - Parameter environment: the variables that say where the store is.
    /// - Throws: `KeepingError` where there is none.
    package init(environment: [String: String]) throws(KeepingError) {
        let folders = ModelStore.ownFolders(environment: environment)
        guard let first = folders.first else { throw .noStore }
        guard let writable = folders.first(where: Disk.isWritable) else {
            throw .notWritable(first, reason: "permission denied")
        }
        path = writable
    }

    /// Where a model is, or will be.
    package func folder(of name: String) -> String { "\(path)/\(name)" }

    /// Where a model's files gather until all are fetched: hidden, so that nobody takes it for a model.
    package func stage(of name: String) -> String { hidden(name, HalfFetched.ending) }

    /// Where copies gather, and what is on its way out; of no use to anybody later.
    package func scratch(of name: String) -> String { hidden(name, ".scratch") }

    /// Gives gathered files the model's name, in one step; an older model of that name goes.
    ///
    /// - Throws: `KeepingError`; then the older one is still there.
    package func install(_ name: String, from stage: String) throws(KeepingError) {
        let folder = folder(of: name)
        do {
            Disk.syncFolder(stage)
            if Disk.kind(folder) == nil {
                try Disk.rename(stage, to: folder)
            } else {
                try Disk.exchange(stage, folder)
                Disk.removeTree(stage)
            }
            Disk.syncFolder(Disk.parent(of: folder))
        } catch {
            throw KeepingError(error, writing: folder)
        }
    }

    /// Removes a model, in one step, and what is left of interrupted work on it.
    ///
    /// - Throws: `KeepingError`.
    package func remove(_ name: String) throws(KeepingError) {
        let scratch = scratch(of: name)
        Disk.removeTree(scratch)
        do {
            // A removal that is cut short must not leave half a model with the whole one's name.
            if Disk.kind(folder(of: name)) != nil { try Disk.rename(folder(of: name), to: scratch) }
        } catch {
            throw KeepingError(error, writing: folder(of: name))
        }
        Disk.removeTree(scratch)
        Disk.removeTree(stage(of: name))
    }

    /// Makes the folder of a model's owner, or of all models.
    ///
    /// - Throws: `KeepingError`.
    package func makeRoom(for name: String) throws(KeepingError) {
        let parent = Disk.parent(of: folder(of: name))
        do { try Disk.makeFolder(parent) } catch { throw KeepingError(error, writing: parent) }
    }

    /// Holds the lock of a model while `body` changes it.
    ///
    /// - Parameters:
    ///   - name: of the model
    ///   - onWait: called once where somebody else holds it
    ///   - body: what is done meanwhile
    /// - Returns: what `body` returns
    /// - Throws: `KeepingError` where no lock can be made, and what `body` throws.
    package func withLock<Value>(
        of name: String, onWait: () -> Void, _ body: () async throws -> Value
    ) async throws -> Value {
        let path = hidden(name, ".lock")
        while true {
            try makeRoom(for: name)
            let file: OpenFile
            do { file = try OpenFile(continuing: path) } catch {
                // Whoever held it has just removed the owner's empty folder.
                if error.meansMissing { continue }
                throw KeepingError(error, writing: path)
            }
            var hasTold = false
            while !file.lock() {
                if !hasTold { onWait() }
                hasTold = true
                try await Task.sleep(for: .milliseconds(100))
            }
            // Whoever held it may have removed it meanwhile; then the name leads to another file.
            guard file.hasItsName else { continue }
            defer {
                Disk.remove(path)
                // The folder of an owner of whom there is nothing.
                if name.contains("/") { Disk.removeIfEmpty(Disk.parent(of: path)) }
            }
            return try await body()
        }
    }

    /// Whether somebody holds the lock of a model just now.
    package func isLocked(_ name: String) -> Bool {
        do {
            let file = try OpenFile(reading: hidden(name, ".lock"))
            return !file.lock()
        } catch {
            return false
        }
    }

    /// Models of which interrupted work has left something that nobody needs.
    package var scratchNames: [String] { hiddenNames(ending: ".scratch") }

    /// Models that have something hidden here, sorted by name.
    func hiddenNames(ending: String) -> [String] {
        func names(in folder: String) -> [String] {
            folderNames(in: folder).filter { $0.hasPrefix(".") && $0.hasSuffix(ending) }
                .map { String($0.dropFirst().dropLast(ending.count)) }
        }
        let owners = folderNames(in: path).filter { !$0.hasPrefix(".") }
        let owned = owners.flatMap { owner in
            names(in: "\(path)/\(owner)").map { "\(owner)/\($0)" }
        }
        return (names(in: path) + owned).sorted()
    }

    private func hidden(_ name: String, _ ending: String) -> String {
        let parent = Disk.parent(of: folder(of: name))
        return "\(parent)/.\(name.split(separator: "/").last ?? "")\(ending)"
    }
}
