/// Where files that are made from a model's own are kept, so that they are made once.
///
/// Beside the model, else in `curbcut/prepared` under `XDG_CACHE_HOME`. A model whose files are links,
/// as in the Hugging Face cache, has them there only: that cache is kept tidy by others.
package enum KeptFiles {
    /// The variable that is `off` where nothing is to be kept.
    package static let variable = "CURBCUT_PREPARED"

    /// - Parameters:
    ///   - path: of a model's folder, or of the one file that a model is
    ///   - environment: the variables that say where the cache is, and whether it is wanted
    /// - Returns: paths without an ending, best first
    package static func stems(for path: String, environment: [String: String]) -> [String] {
        guard environment[variable] != "off" else { return [] }
        let isFile = Folders.kind(path) == .file
        let weights = isFile ? path : path + "/model.safetensors"
        return (Folders.isLink(weights) ? [] : [isFile ? path : path + "/model"])
            + (cache(environment).map { ["\($0)/\(cacheName(of: path))/model"] } ?? [])
    }

    /// - Parameter environment: the variables that say where the cache is
    /// - Returns: the folder of what is not kept beside its model, `NAME-DIGITS` for each; nil where
    ///   the environment names no cache.
    package static func cache(_ environment: [String: String]) -> String? {
        UserFolders.cache(environment).map { $0 + "/curbcut/prepared" }
    }

    /// - Parameter path: of a model's folder, or of the one file that a model is
    /// - Returns: the name of its folder in the cache: for people, with digits that tell models of
    ///   one name apart.
    package static func cacheName(of path: String) -> String {
        "\(path.split(separator: "/").last ?? "model")-\(digits(Folders.linksResolved(path)))"
    }

    /// FNV-1a in hexadecimal digits.
    private static func digits(_ path: String) -> String {
        let hash = path.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}

extension ModelFolder {
    /// The same model, whose kept files are where the environment has them.
    package func keepingFiles(as environment: [String: String]) -> ModelFolder {
        ModelFolder(
            path: path, name: name,
            keptStems: KeptFiles.stems(for: path, environment: environment))
    }
}
