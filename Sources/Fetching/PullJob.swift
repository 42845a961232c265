import AsyncHTTPClient
import Keeping
import ModelStore
import Models
import NIOCore
import Signals

/// One model on its way, its lock held.
struct PullJob: Sendable {
    let reference: ModelReference
    let hub: Hub
    let store: Store
    let fetch: FileFetch
    let acceptsLicence: Bool

    private var name: String { reference.name }
    private var stage: String { store.stage(of: name) }
    private var progress: PullProgress { fetch.progress }

    func run() async throws -> PulledModel {
        switch reference.source {
        case .hub(let repository, let revision):
            try await pull(repository, revision)
        case .pinned(let files): try await pull(files)
        }
    }

    // MARK: A repository of the hub

    private func pull(_ repository: String, _ revision: String) async throws -> PulledModel {
        let listing = try await self.listing(repository, revision)
        let licence = Licence(listing.licence ?? reference.entry?.licence)
        try checkLicence(licence, at: hub.page(repository))
        let needed = try NeededFiles(among: listing.files.map(\.name), of: repository)
        func goals(_ names: [String]) -> [FileGoal] {
            names.map { name in
                FileGoal(
                    name: name, address: hub.fileAddress(repository, listing.commit, name),
                    size: listing.file(name)?.size, digest: listing.file(name)?.digest)
            }
        }
        let small = goals(needed.settings + needed.terms + (needed.index.map { [$0] } ?? []))
        try makeStage()
        var weights = goals(needed.weights)
        let known = needed.index == nil ? small + weights : small
        announce(licence, known, from: hub.page(repository), isAll: needed.index == nil)
        try leaveNote(total: needed.index == nil ? total(of: known) : nil)
        try checkRoom(for: known)
        linkWhatIsRight(known)
        // The smallest first: an architecture that nobody here computes costs a kilobyte.
        var files: [InstallRecord.File] = []
        for goal in small {
            files.append(try await fetch(goal, into: stage))
            if goal.name == "config.json" { try checkArchitecture() }
        }
        if let index = needed.index {
            weights = goals(
                try Shards.names(inIndex: Disk.contents(stage + "/" + index), of: repository))
            let total = total(of: small + weights)
            progress.begin(total: total)
            try leaveNote(total: total)
            try checkRoom(for: weights)
            linkWhatIsRight(weights)
        }
        for goal in weights { files.append(try await fetch(goal, into: stage)) }
        return try install(
            files, licence, source: hub.page(repository), revision: listing.commit,
            terms: needed.terms)
    }

    private func listing(
        _ repository: String, _ revision: String
    ) async throws -> RepositoryListing {
        let address = hub.listingAddress(repository, revision)
        var failures = 0
        while true {
            do {
                let answer = try await fetch.exchange.get(address, for: repository)
                guard let bytes = try? await answer.body.collect(upTo: 1 << 24) else {
                    throw FetchError.cutOff(
                        "the list of files", received: 0, of: answer.contentLength)
                }
                guard let listing = RepositoryListing(Array(bytes.readableBytesView)) else {
                    throw FetchError.badListing(repository, host: answer.host)
                }
                return listing
            } catch let error as FetchError {
                try Task.checkCancellation()
                failures += 1
                guard let delay = fetch.patience.delay(after: failures, error) else { throw error }
                progress.say("\(error.what); trying again")
                try await Task.sleep(for: delay)
            }
        }
    }

    private func checkArchitecture() throws {
        do {
            _ = try Catalogue.task(of: ModelFolder(path: stage, name: name))
        } catch {
            Disk.removeTree(stage)
            throw error
        }
    }

    // MARK: Files of a GitHub repository

    private func pull(_ pinned: PinnedFiles) async throws -> PulledModel {
        let source = "https://github.com/\(pinned.repository)"
        let licence = Licence(reference.entry?.licence)
        try checkLicence(licence, at: source)
        let goals = pinned.files.map { file in
            FileGoal(
                name: file.path.split(separator: "/").last.map(String.init) ?? file.path,
                address: hub.gitHubAddress(pinned.repository, pinned.commit, file.path),
                size: file.byteCount, digest: .sha256(file.sha256))
        }
        try makeStage()
        announce(licence, goals, from: source, isAll: true)
        try leaveNote(total: total(of: goals))
        try checkRoom(for: goals)
        linkWhatIsRight(goals)
        var files: [InstallRecord.File] = []
        for goal in goals { files.append(try await fetch(goal, into: stage)) }
        return try install(files, licence, source: source, revision: pinned.commit, terms: [])
    }
}

// MARK: Steps of both

extension PullJob {
    private func checkLicence(_ licence: Licence, at address: String) throws(LicenceError) {
        if licence.terms != .open, !acceptsLicence {
            throw .notAccepted(model: name, licence: licence, address: address)
        }
    }

    private func announce(
        _ licence: Licence, _ goals: [FileGoal], from source: String, isAll: Bool
    ) {
        let total = isAll ? self.total(of: goals) : nil
        progress.begin(total: total)
        progress.say("\(licence.sentence), declared at \(source)")
        let size = total.map { ", \($0.megabytes)" } ?? ""
        progress.say(
            "fetching \(isAll ? "\(goals.count) files\(size)" : "weights in several files") into "
                + store.folder(of: name))
    }

    private func total(of goals: [FileGoal]) -> Int? {
        let sizes = goals.map(\.size)
        return sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
    }

    private func makeStage() throws(KeepingError) {
        do { try Disk.makeFolder(stage) } catch { throw KeepingError(error, writing: stage) }
    }

    /// For whoever finds the stage where this does not end.
    private func leaveNote(total: Int?) throws(KeepingError) {
        do {
            try HalfFetched.write(to: stage, reference: reference.written, total: total)
        } catch {
            throw KeepingError(error, writing: stage)
        }
    }

    /// - Throws: `KeepingError.full` before anything large is written.
    private func checkRoom(for goals: [FileGoal]) throws(KeepingError) {
        let needed = goals.reduce(0) { sum, goal in
            let path = stage + "/" + goal.name
            let have = Disk.size(path) ?? Disk.size(path + ".part") ?? 0
            return sum + max(0, (goal.size ?? 0) - have)
        }
        if let free = Disk.freeBytes(at: stage), free < needed {
            throw .full(store.path, neededBytes: needed, freeBytes: free)
        }
    }

    /// Takes from a damaged or older model of this name what is right in it.
    private func linkWhatIsRight(_ goals: [FileGoal]) {
        let old = store.folder(of: name)
        guard Disk.kind(old) == .folder else { return }
        for goal in goals {
            guard let digest = goal.digest, let size = goal.size,
                Disk.kind(stage + "/" + goal.name) == nil,
                ModelCheck.fault(
                    of: InstallRecord.File(name: goal.name, byteCount: size, digest: digest),
                    in: old) == nil
            else { continue }
            // Where no second name can be given, the file is fetched.
            try? Disk.hardLink(old + "/" + goal.name, as: stage + "/" + goal.name)
        }
    }

    private func install(
        _ files: [InstallRecord.File], _ licence: Licence, source: String, revision: String,
        terms: [String]
    ) throws -> PulledModel {
        let record = InstallRecord(
            source: source, revision: revision, licence: licence.name, files: files)
        do {
            // What an older revision had, and this one has not.
            let named = Set(files.map(\.name))
            for left in folderNames(in: stage) where !named.contains(left) {
                Disk.removeTree(stage + "/" + left)
            }
            let notice = licence.notice(of: name, source: source, others: terms)
            try Disk.write(Array(notice.utf8), to: stage + "/" + Licence.fileName)
            try Disk.write(record.bytes, to: stage + "/" + InstallRecord.fileName)
        } catch {
            throw KeepingError(error, writing: stage)
        }
        try store.install(name, from: stage)
        let (came, seconds) = progress.received
        progress.say(
            "whole and checked; \(came.megabytes) came in \(Int(seconds.rounded())) seconds")
        return PulledModel(
            name: name, path: store.folder(of: name), source: source, revision: revision,
            licence: licence, byteCount: record.byteCount, wasThere: false)
    }
}
