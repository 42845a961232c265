import Inference
import ModelStore
import Models
import Signals

extension Doctor {
    /// Which model does what, what is missing, and what is not as it should be.
    static func models(_ environment: [String: String]) -> [Finding] {
        let inventory = Inventory(environment: environment)
        let installed = inventory.models.filter { $0.folder != nil }
        return tasks(installed) + installed.flatMap { faults(of: $0) }
            + installed.flatMap { stalePacked($0, environment) }
            + inventory.models.compactMap(\.halfFetched).filter { !$0.isBusy }.map(halfFetched)
    }

    private static func tasks(_ installed: [ListedModel]) -> [Finding] {
        let tasks: [(CatalogueEntry.Task, String, String)] = [
            (.describing, "Pictures are described by", "a model that describes photographs"),
            (.answering, "Questions are answered by", "a model that answers questions"),
            (.transcribing, "Speech is written down by", "a model that writes down speech"),
        ]
        let usable = installed.filter { $0.entry?.isTakenOnlyByName != true }
        return tasks.flatMap { task, subject, noun -> [Finding] in
            let here = usable.filter { $0.task == task }
            let first = Catalogue.entries.first { $0.task == task && $0.pulledAs != nil }
            let pull = "curbcut pull \(first?.name ?? "NAME")"
            // What came along knows drawings only.
            let fetched = here.filter { $0.keeper != .shipped }
            let names = here.map(\.name).joined(separator: ", ")
            let there = here.isEmpty ? [] : [Finding(subject, .fine, names)]
            if !fetched.isEmpty { return there }
            let isBroken = task == .describing && here.isEmpty
            return there + [
                Finding(noun, isBroken ? .broken : .lacking, "none is installed", mend: pull)
            ]
        }
    }

    /// Sizes only: to read gigabytes is for `curbcut verify`.
    private static func faults(of model: ListedModel) -> [Finding] {
        guard let folder = model.folder, let record = InstallRecord(folder: folder.path) else {
            return []
        }
        let faults = record.files.compactMap { ModelCheck.sizeFault(of: $0, in: folder.path) }
        guard !faults.isEmpty else { return [] }
        let mend = model.entry?.pulledAs ?? (model.name.contains("/") ? "hf:" + model.name : nil)
        return [
            Finding(
                "a part of \(model.name)", .lacking,
                faults.map(\.sentence).joined(separator: "; "),
                mend: mend.map { "curbcut pull " + $0 } ?? "curbcut remove \(model.name)")
        ]
    }

    /// Packed weights that a start would not take, because the model or Curbcut has changed.
    private static func stalePacked(
        _ model: ListedModel, _ environment: [String: String]
    ) -> [Finding] {
        guard let folder = model.folder?.keepingFiles(as: environment) else { return [] }
        return Precision.allCases.compactMap { precision in
            let paths = PreparedPlaces(folder.keptStems, precision).paths
            guard paths.contains(where: { Disk.size($0) != nil }),
                // A model that cannot be opened has no packed weights of any use either.
                (try? Catalogue.preparedFile(of: folder, precision: precision)) ?? nil == nil
            else { return nil }
            return Finding(
                "Packed weights of \(model.name) for \(precision.rawValue)", .fine,
                "out of date, so the next start makes them anew",
                mend: "curbcut prepare \(model.name) --precision \(precision.rawValue)")
        }
    }

    private static func halfFetched(_ half: HalfFetched) -> Finding {
        Finding(
            "the rest of \(half.name)", .lacking,
            "a pull was interrupted, \(half.amount) are kept (\(half.drop) drops them)",
            mend: half.goOn)
    }

    /// Where models and what is made from them are kept.
    static func places(_ environment: [String: String]) -> [Finding] {
        [store(environment), cache(environment)] + scratch(environment)
    }

    private static func store(_ environment: [String: String]) -> Finding {
        do {
            let store = try Store(environment: environment)
            let existing = Disk.kind(store.path) == nil ? " (made by the first pull)" : ""
            let free = nearestFreeBytes(store.path).map { ", \($0.megabytes) free" } ?? ""
            return Finding("Models are kept in", .fine, store.path + existing + free)
        } catch {
            return Finding("folder for models", .lacking, error.what, mend: error.remedy)
        }
    }

    private static func cache(_ environment: [String: String]) -> Finding {
        let subject = "Packed weights are kept"
        if environment[KeptFiles.variable] == "off" {
            return Finding(subject, .fine, "nowhere: \(KeptFiles.variable) is off")
        }
        guard let cache = KeptFiles.cache(environment), Disk.isWritable(cache) else {
            return Finding(
                "cache", .lacking,
                "weights of models whose own folder cannot be written are packed at each start",
                mend: "export XDG_CACHE_HOME=FOLDER")
        }
        return Finding(subject, .fine, "beside their model, else in \(cache)")
    }

    /// What killed imports and removals have left.
    private static func scratch(_ environment: [String: String]) -> [Finding] {
        ModelStore.ownFolders(environment: environment).map(Store.init).flatMap { store in
            store.scratchNames.filter { !store.isLocked($0) }.map { name in
                Finding(
                    "Left over of \(name)", .fine, "an import or a removal was killed",
                    mend: "rm -r \(store.scratch(of: name))")
            }
        }
    }

    private static func nearestFreeBytes(_ path: String) -> Int? {
        Disk.freeBytes(at: path)
            ?? (path.isEmpty || path == "/" ? nil : nearestFreeBytes(Disk.parent(of: path)))
    }
}
