import Inference
import ModelStore
import Models
import Signals

/// Makes a model that somebody has already one of the store: by copy, or by a link to where it is.
package struct Importing: Sendable {
    /// What will be imported, and under which name.
    package struct Plan: Sendable, Equatable {
        package enum Source: Sendable, Equatable {
            case folder(String)
            case ggml(String)
        }

        package let source: Source
        package let name: String
        /// Whether the store only points to it.
        package let isLink: Bool
    }

    /// Decides what a path means.
    ///
    /// - Parameters:
    ///   - path: a folder, a file of whisper.cpp's, or a folder of the Hugging Face cache
    ///   - name: what to call it; nil leaves that to the path
    ///   - wantsLink: whether to point to it instead of copying; the Hugging Face cache is always
    ///     pointed to
    /// - Returns: what is to be done
    /// - Throws: an `Explained` error where it is no model that can be used here.
    package static func plan(_ path: String, name: String?, wantsLink: Bool) throws -> Plan {
        guard let full = pathWithoutLinks(path) else {
            throw KeepingError.unreadable(path, reason: "there is no such file or folder")
        }
        if Disk.kind(full) == .file {
            _ = try Whisper.Config(try GgmlFile(path: full))
            return try Plan(
                source: .ggml(full), name: checked(name ?? ggmlName(full)), isLink: wantsLink)
        }
        let folder = try snapshot(full)
        guard Disk.size(folder + "/config.json") != nil else { throw KeepingError.notAModel(path) }
        _ = try Catalogue.task(of: ModelFolder(path: folder, name: path))
        _ = try Checkpoint(folder: folder)
        let repository = hubRepository(folder)
        let known = repository.flatMap { Catalogue.entry(named: $0)?.name }
        let last = folder.split(separator: "/").last.map(String.init) ?? ""
        return try Plan(
            source: .folder(folder), name: checked(name ?? known ?? repository ?? last),
            isLink: wantsLink || repository != nil)
    }

    /// - Parameters:
    ///   - plan: what `plan` returned
    ///   - store: where to
    ///   - onWait: called where somebody else changes the model just now
    /// - Returns: where the model is now
    /// - Throws: `KeepingError`; then nothing has changed.
    package static func perform(
        _ plan: Plan, in store: Store, onWait: () -> Void
    ) async throws -> String {
        try await store.withLock(of: plan.name, onWait: onWait) {
            let folder = store.folder(of: plan.name)
            guard Disk.kind(folder) == nil else {
                throw KeepingError.alreadyThere(plan.name, path: folder)
            }
            let scratch = store.scratch(of: plan.name)
            Disk.removeTree(scratch)
            do {
                try gather(plan, in: scratch)
                try store.install(plan.name, from: scratch)
            } catch {
                Disk.removeTree(scratch)
                throw error
            }
            // What a fetch has of it is not needed any more.
            Disk.removeTree(store.stage(of: plan.name))
            return folder
        }
    }

    private static func gather(_ plan: Plan, in stage: String) throws {
        do {
            switch plan.source {
            case .folder(let source) where plan.isLink:
                try Disk.symbolicLink(to: source, at: stage)
            case .folder(let source):
                let names = try filesNeeded(in: source)
                try checkRoom(for: names.map { source + "/" + $0 }, in: Disk.parent(of: stage))
                try Disk.makeFolder(stage)
                let files = try names.map {
                    try copy(source + "/" + $0, to: stage + "/" + $0, named: $0)
                }
                let licence = InstallRecord(folder: source)?.licence
                try write(files, from: source, licence: licence, in: stage)
            case .ggml(let source) where plan.isLink:
                try Disk.makeFolder(stage)
                try Disk.symbolicLink(to: source, at: stage + "/" + ModelFolder.ggmlFile)
            case .ggml(let source):
                try checkRoom(for: [source], in: Disk.parent(of: stage))
                try Disk.makeFolder(stage)
                let name = ModelFolder.ggmlFile
                let file = try copy(source, to: stage + "/" + name, named: name)
                try write([file], from: source, licence: nil, in: stage)
            }
        } catch let fault as DiskFault {
            throw KeepingError(fault, writing: stage)
        }
    }

    private static func filesNeeded(in folder: String) throws -> [String] {
        let needed = try NeededFiles(among: folderNames(in: folder), of: folder)
        let shards = try needed.index.map {
            try Shards.names(inIndex: Disk.contents(folder + "/" + $0), of: folder)
        }
        return needed.settings + needed.terms + needed.weights + (needed.index.map { [$0] } ?? [])
            + (shards ?? [])
    }

    private static func checkRoom(for files: [String], in folder: String) throws(KeepingError) {
        let needed = files.reduce(0) { $0 + (Disk.size($1) ?? 0) }
        if let free = Disk.freeBytes(at: folder), free < needed {
            throw .full(folder, neededBytes: needed, freeBytes: free)
        }
    }

    private static func copy(
        _ source: String, to path: String, named name: String
    ) throws -> InstallRecord.File {
        let from: OpenFile
        do { from = try OpenFile(reading: source) } catch {
            throw KeepingError.unreadable(source, reason: error.words)
        }
        let to = try OpenFile(continuing: path)
        var digest = RunningDigest(like: nil, size: nil)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            if Task.isCancelled { throw DiskFault.cancelled }
            let count = try from.read(into: &buffer)
            if count == 0 { break }
            try to.write(Array(buffer[..<count]))
            digest.update(buffer[..<count])
        }
        try to.sync()
        return InstallRecord.File(name: name, byteCount: digest.byteCount, digest: digest.value)
    }

    private static func write(
        _ files: [InstallRecord.File], from source: String, licence: String?, in stage: String
    ) throws(DiskFault) {
        let record = InstallRecord(
            source: source, revision: nil, licence: licence, files: files)
        try Disk.write(record.bytes, to: stage + "/" + InstallRecord.fileName)
    }
}

// MARK: Names

extension Importing {
    /// `models--Owner--NAME` means the revision that is in use.
    private static func snapshot(_ path: String) throws -> String {
        let revisions = folderNames(in: path + "/snapshots")
        guard !revisions.isEmpty else { return path }
        let main = try? Disk.contents(path + "/refs/main", limit: 200)
        let wanted = main.map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
        guard let revision = wanted ?? (revisions.count == 1 ? revisions.first : nil),
            revisions.contains(revision)
        else { throw KeepingError.notAModel(path) }
        return "\(path)/snapshots/\(revision)"
    }

    /// `Owner/NAME` of a snapshot in the Hugging Face cache.
    private static func hubRepository(_ path: String) -> String? {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts[parts.count - 2] == "snapshots",
            parts[parts.count - 3].hasPrefix("models--")
        else { return nil }
        return parts[parts.count - 3].dropFirst("models--".count)
            .split(separator: "--", maxSplits: 1).joined(separator: "/")
    }

    /// `ggml-base.en.bin` is whisper-base.en.
    private static func ggmlName(_ path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let stem = file.hasSuffix(".bin") ? String(file.dropLast(4)) : file
        return stem.hasPrefix("ggml-") ? "whisper-" + stem.dropFirst(5) : stem
    }

    private static func checked(_ name: String) throws(KeepingError) -> String {
        guard ModelStore.isName(name) else { throw .badName(name) }
        return name
    }
}
