/// A folder in which models lie.
enum Place: Equatable {
    /// Models as `NAME` or `Owner/NAME`.
    case store(String)
    /// The cache that `hf download` fills: `models--Owner--NAME/snapshots/REVISION`.
    case hubCache(String)

    var path: String {
        switch self {
        case .store(let path), .hubCache(let path): path
        }
    }

    /// Every place that the environment names, in the order in which they are looked at.
    static func all(_ environment: [String: String]) -> [Place] {
        let listed = (environment["CURBCUT_MODELS"] ?? "").split(separator: ":")
            .map { Place.store(String($0).trimmingEndSlashes) }
        let data = UserFolders.data(environment).map { $0 + "/curbcut/models" }
        let shipped = environment[ModelStore.shippedVariable].flatMap { $0.isEmpty ? nil : $0 }
        return listed
            + [
                data.map { .store($0) }, UserFolders.hubCache(environment).map { .hubCache($0) },
                shipped.map { .store($0.trimmingEndSlashes) },
            ]
            .compactMap(\.self)
    }

    /// Models that lie here, each with the name that finds it.
    var folders: [ModelFolder] {
        switch self {
        case .store(let path):
            Folders.names(in: path).flatMap { name -> [ModelFolder] in
                let folder = ModelFolder(path: "\(path)/\(name)", name: name)
                if folder.looksLikeModel { return [folder] }
                return Folders.names(in: folder.path)
                    .map { ModelFolder(path: "\(folder.path)/\($0)", name: "\(name)/\($0)") }
                    .filter(\.looksLikeModel)
            }
        case .hubCache(let path):
            Folders.names(in: path).compactMap { entry in
                guard entry.hasPrefix("models--") else { return nil }
                let name = entry.dropFirst("models--".count)
                    .split(separator: "--", maxSplits: 1).joined(separator: "/")
                return Self.snapshot(in: "\(path)/\(entry)", name: name)
            }
        }
    }

    /// - Parameter parts: the name, or owner and name.
    /// - Returns: the model of that name; of our own store also one that is not whole, so that its
    ///   loader can say what is missing.
    func folder(named parts: [Substring]) -> ModelFolder? {
        let name = parts.joined(separator: "/")
        if case .store(let path) = self, Folders.kind("\(path)/\(name)") == .folder {
            return ModelFolder(path: "\(path)/\(name)", name: name)
        }
        return folders.first { $0.name == name }
            ?? folders.first {
                parts.last == $0.name.split(separator: "/").last && isSame($0, parts)
            }
    }

    /// A bare name finds `Owner/name`, and `Owner/name` finds a bare folder of our own store.
    private func isSame(_ folder: ModelFolder, _ parts: [Substring]) -> Bool {
        parts.count == 1 || !folder.name.contains("/")
    }

    /// The revision that `refs/main` names; without that file, the only one there is.
    private static func snapshot(in repository: String, name: String) -> ModelFolder? {
        let names = Folders.names(in: repository + "/snapshots")
        let main = try? Folders.contents(of: repository + "/refs/main", limit: 200)
        let revision =
            main.map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
            ?? (names.count == 1 ? names.first : nil)
        guard let revision, names.contains(revision) else { return nil }
        let folder = ModelFolder(path: "\(repository)/snapshots/\(revision)", name: name)
        return folder.looksLikeModel ? folder : nil
    }
}

extension ModelFolder {
    /// The name that a model of whisper.cpp has in our store, where its own name is the folder's.
    package static let ggmlFile = "ggml-model.bin"

    var looksLikeModel: Bool {
        ["config.json", ModelFolder.ggmlFile, "silero_vad_16k.safetensors"].contains {
            path(of: $0) != nil
        }
    }
}
