import Keeping
import ModelStore
import Models
import Signals

/// Fetches a model into the store: licence first, then each file that is needed, then its name.
///
/// Until the last file is there and right, the model is in a hidden folder beside its place.
package struct Pull: Sendable {
    private let environment: [String: String]
    private let mirror: String?
    private let acceptsLicence: Bool
    private let patience: Patience

    /// - Parameters:
    ///   - environment: the variables that say where the hub and the store are
    ///   - mirror: asked instead of the hub
    ///   - acceptsLicence: whether terms that are not open were read and accepted
    ///   - patience: how long is waited, and how often tried again
    package init(
        environment: [String: String], mirror: String? = nil, acceptsLicence: Bool = false,
        patience: Patience = Patience()
    ) {
        self.environment = environment
        self.mirror = mirror
        self.acceptsLicence = acceptsLicence
        self.patience = patience
    }

    /// - Parameters:
    ///   - reference: which model
    ///   - progress: where lines go
    /// - Returns: where the model is, fetched now or there already
    /// - Throws: an `Explained` error; what came is kept for the next try.
    package func callAsFunction(
        _ reference: ModelReference, _ progress: PullProgress
    ) async throws -> PulledModel {
        if let there = try whole(reference, progress) { return there }
        try checkOffline()
        let hub = try Hub(environment: environment, mirror: mirror)
        let proxies = try Proxies(environment: environment)
        let store = try Store(environment: environment)
        return try await store.withLock(
            of: reference.name, onWait: { progress.say("another curbcut changes it; waiting") }
        ) {
            // Whoever held the lock may have fetched it.
            if let there = try whole(reference, nil) { return there }
            do {
                return try await Exchange.with(
                    hub, proxies, patience, environment: environment
                ) { exchange in
                    let job = PullJob(
                        reference: reference, hub: hub, store: store,
                        fetch: FileFetch(
                            exchange: exchange, patience: patience, progress: progress),
                        acceptsLicence: acceptsLicence)
                    return try await job.run()
                }
            } catch {
                let kept = Pull.dropIfEmpty(HalfFetched(reference.name, in: store))
                guard Task.isCancelled else { throw error }
                throw Cancelled(
                    kept.map {
                        "kept \($0.amount) of \($0.name); the same command goes on from there, and "
                            + "\($0.drop) drops it"
                    } ?? "nothing was fetched")
            }
        }
    }

    /// - Returns: what is worth keeping.
    private static func dropIfEmpty(_ half: HalfFetched?) -> HalfFetched? {
        guard let half, half.byteCount == 0 else { return half }
        Disk.removeTree(half.store.stage(of: half.name))
        return nil
    }

    /// - Throws: `FetchError.offline`.
    func checkOffline() throws(FetchError) {
        if let own = environment["CURBCUT_OFFLINE"], !own.isEmpty {
            guard own == "0" else { throw .offline("CURBCUT_OFFLINE") }
            return
        }
        // huggingface_hub/constants.py, HF_HUB_OFFLINE.
        for variable in ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"]
        where ["1", "ON", "YES", "TRUE"].contains(environment[variable]?.uppercased()) {
            throw .offline(variable)
        }
    }

    /// The model where it is there and every byte is right; a chosen revision is asked for in any case.
    private func whole(
        _ reference: ModelReference, _ progress: PullProgress?
    ) throws -> PulledModel? {
        let usual = reference.entry?.revision ?? "main"
        if case .hub(_, let revision) = reference.source, revision != usual { return nil }
        guard let folder = installed(reference) else { return nil }
        let check = ModelCheck(folder, environment: environment)
        try Task.checkCancellation()
        guard check.isWhole else {
            let faults = check.faults.map(\.sentence).joined(separator: ", ")
            progress?.say("what is in \(folder.path) is not whole: \(faults)")
            return nil
        }
        let record = InstallRecord(folder: folder.path)
        return PulledModel(
            name: folder.name, path: folder.path, source: record?.source,
            revision: record?.revision,
            licence: Licence(record?.licence ?? reference.entry?.licence),
            byteCount: record?.byteCount, wasThere: true)
    }

    private func installed(_ reference: ModelReference) -> ModelFolder? {
        let found = ModelStore.installed(environment: environment)
        return found.first { folder in
            [reference.name, reference.entry?.repository].contains(folder.name)
        }
    }
}

/// A model that is whole and in its place.
package struct PulledModel: Sendable, Equatable {
    package let name: String
    package let path: String
    /// Where it came from; nil where nobody here fetched it.
    package let source: String?
    package let revision: String?
    package let licence: Licence
    package let byteCount: Int?
    /// Whether nothing had to be fetched.
    package let wasThere: Bool
}
