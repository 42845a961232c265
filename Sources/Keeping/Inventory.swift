import ModelStore
import Models
import Signals
import ToolKit

/// One model that is installed, or could be.
package struct ListedModel: Sendable {
    package let name: String
    /// Nil for an installed model that the catalogue does not know.
    package let entry: CatalogueEntry?
    /// Nil where it is not installed.
    package let folder: ModelFolder?
    package let keeper: ModelKeeper?
    /// Of its files; nil where it is not installed and the catalogue does not know.
    package let byteCount: Int?
    package let licence: Licence
    package let task: CatalogueEntry.Task?
    /// What a fetch that did not end has of it; nil for nothing.
    package let halfFetched: HalfFetched?
}

extension ListedModel {
    /// "whisper-base, not installed, 290 MB, Apache-2.0: writes down speech in …".
    package var sentence: String {
        let place =
            switch keeper {
            case nil where halfFetched?.isBusy == true: "being fetched just now"
            case nil where halfFetched != nil: "half fetched"
            case nil: "not installed"
            case .store?: "installed"
            case .hubCache?: "installed in the Hugging Face cache"
            case .shipped?: "came with Curbcut"
            case .elsewhere?: "installed elsewhere"
            }
        let size = byteCount.map { ", \($0.megabytes)" } ?? ""
        let score = entry?.score.map { "; \($0.sentence)" } ?? "; no published figure is known here"
        if let halfFetched, entry == nil, folder == nil {
            return "\(name), \(place): \(halfFetched.advice)"
        }
        let rest = halfFetched.map { "; " + $0.advice }
        return "\(name), \(place)\(size), \(licence.name ?? "no licence declared"): "
            + "\(purpose)\(entry?.pulledAs == nil ? "" : score)\(rest ?? "")"
    }

    package var purpose: String {
        if let entry { return entry.purpose }
        return switch task {
        case .describing?: "describes pictures"
        case .answering?: "answers questions about pictures"
        case .transcribing?: "writes down speech"
        case .detecting?: "finds where somebody speaks"
        case .comparing?: "tells which pictures show the same"
        case nil where folder == nil: "will say for what it is when it is here"
        case nil: "is of no use to the tools here"
        }
    }

    package var json: JSON {
        .object([
            ("name", .string(name)), ("installed", .bool(folder != nil)),
            ("path", folder.map { .string($0.path) } ?? .null),
            ("keeper", keeper.map { .string($0.rawValue) } ?? .null),
            ("bytes", byteCount.map(JSON.int) ?? .null),
            ("licence", licence.name.map(JSON.string) ?? .null),
            ("purpose", .string(purpose)),
            ("repository", entry?.repository.map(JSON.string) ?? .null),
            ("score", entry?.score.map(\.json) ?? .null),
            ("halfFetched", halfFetched.map(\.json) ?? .null),
        ])
    }
}

extension HalfFetched {
    fileprivate var json: JSON {
        .object([
            ("bytes", .int(byteCount)), ("of", total.map(JSON.int) ?? .null),
            ("busy", .bool(isBusy)), ("goOn", .string(goOn)), ("drop", .string(drop)),
        ])
    }
}

extension PublishedScore {
    fileprivate var json: JSON {
        .object([
            ("measure", .string(measure.rawValue)), ("value", .number(value)),
            ("source", .string(source)),
        ])
    }
}

/// Every model that is installed or in the catalogue.
package struct Inventory: Sendable {
    /// First what is installed, by name; then what is not, best first for each task; then what fetches
    /// that did not end have of models that the catalogue does not know.
    package let models: [ListedModel]

    /// - Parameter environment: the variables that say where the store is.
    package init(environment: [String: String]) {
        let installed = ModelStore.installed(environment: environment)
        let halves = HalfFetched.all(environment: environment)
        let here = installed.map { folder in
            let record = InstallRecord(folder: folder.path)
            let entry = Catalogue.entry(named: folder.name)
            return ListedModel(
                name: folder.name, entry: entry, folder: folder,
                keeper: ModelStore.keeper(of: folder, environment: environment),
                byteCount: Inventory.byteCount(of: folder.path),
                licence: Licence(record?.licence ?? entry?.licence),
                task: entry?.task ?? Inventory.task(of: folder),
                halfFetched: halves.first { $0.name == folder.name })
        }
        let missing = Catalogue.entries.filter { entry in
            entry.pulledAs != nil && !here.contains { $0.entry?.name == entry.name }
        }
        models =
            here
            + missing.map { entry in
                ListedModel(
                    name: entry.name, entry: entry, folder: nil, keeper: nil,
                    byteCount: entry.megabytes.map { $0 * 1_000_000 },
                    licence: Licence(entry.licence), task: entry.task,
                    halfFetched: halves.first { $0.name == entry.name })
            }
            + halves.filter { half in
                !here.contains { $0.name == half.name }
                    && !missing.contains { $0.name == half.name }
            }.map { half in
                ListedModel(
                    name: half.name, entry: nil, folder: nil, keeper: nil, byteCount: half.total,
                    licence: Licence(nil), task: nil, halfFetched: half)
            }
    }

    private static func byteCount(of folder: String) -> Int {
        folderNames(in: folder).reduce(0) { $0 + (Disk.size(folder + "/" + $1) ?? 0) }
    }

    /// Nil where nobody here can do anything with it.
    private static func task(of folder: ModelFolder) -> CatalogueEntry.Task? {
        do { return try Catalogue.task(of: folder) } catch { return nil }
    }
}
