import Inference
import ModelStore
import Models
import Signals
import ToolKit

/// What a fetch that did not end has of a model.
package struct HalfFetched: Sendable, Equatable {
    /// Of the model.
    package let name: String
    /// The store that it is in.
    package let store: Store
    /// Of the files that came, whole or not.
    package let byteCount: Int
    /// Of all that are wanted; nil where that was not known yet.
    package let total: Int?
    /// What was typed after `curbcut pull`.
    package let reference: String

    /// How the hidden folder ends.
    static let ending = ".part"
    /// A note in that folder, for whoever finds it.
    private static let note = "pull.json"

    /// - Returns: what a store has of a model; nil where it has nothing.
    package init?(_ name: String, in store: Store) {
        let stage = store.stage(of: name)
        guard Disk.kind(stage) == .folder else { return nil }
        self.name = name
        self.store = store
        byteCount = folderNames(in: stage).filter { $0 != Self.note }
            .reduce(0) { $0 + (Disk.size(stage + "/" + $1) ?? 0) }
        let bytes = (try? Disk.contents(stage + "/" + Self.note, limit: 1 << 16)) ?? []
        let written = try? JSONValue(parsing: bytes)
        total = written?["bytes"]?.integer
        reference =
            written?["reference"]?.string ?? Catalogue.entry(named: name)?.pulledAs ?? "hf:" + name
    }

    /// Writes the note.
    ///
    /// - Parameters:
    ///   - stage: the hidden folder
    ///   - reference: what was typed after `curbcut pull`
    ///   - total: bytes of all files; nil where that is not known
    /// - Throws: `DiskFault`.
    package static func write(
        to stage: String, reference: String, total: Int?
    ) throws(DiskFault) {
        let note = JSON.object([
            ("reference", .string(reference)), ("bytes", total.map(JSON.int) ?? .null),
        ])
        try Disk.write(Array((note.line + "\n").utf8), to: stage + "/" + Self.note)
    }

    /// Every one in our own stores.
    package static func all(environment: [String: String]) -> [HalfFetched] {
        ModelStore.ownFolders(environment: environment).map(Store.init).flatMap { store in
            store.hiddenNames(ending: ending).compactMap { HalfFetched($0, in: store) }
        }
    }

    /// "120 MB of 290 MB".
    package var amount: String {
        byteCount.megabytes + (total.map { " of \($0.megabytes)" } ?? "")
    }

    /// What there is and what to type, as the rest of a sentence.
    package var advice: String {
        isBusy
            ? "\(amount) are here"
            : "\(amount) are kept, go on with: \(goOn), or drop them with: \(drop)"
    }

    package var goOn: String { "curbcut pull \(reference)" }
    package var drop: String { "curbcut remove \(name)" }

    /// Whether somebody fetches it just now.
    package var isBusy: Bool { store.isLocked(name) }
}
