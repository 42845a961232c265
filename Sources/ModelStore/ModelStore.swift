import Signals

/// Where installed models are.
///
/// Looked at, in this order: each folder of `CURBCUT_MODELS`, the folder `curbcut/models` under
/// `XDG_DATA_HOME`, the Hugging Face cache, and the folder of `CURBCUT_STARTER_MODELS`.
package enum ModelStore {
    /// The folder of a model.
    ///
    /// - Parameters:
    ///   - name: a folder, the name of one in the store, or `Owner/name`, also with the "hf:" that
    ///     `curbcut pull` takes.
    ///   - environment: the variables that say where the store is.
    ///   - pulledAs: what `curbcut pull` takes, for the remedy; nil where that follows from the name.
    /// - Returns: a folder that exists; whether it holds a whole model is for its loader to say.
    /// - Throws: `ModelStoreError.badName` and `.notInstalled`.
    package static func folder(
        named name: String, environment: [String: String], pulledAs: String? = nil
    ) throws(ModelStoreError) -> ModelFolder {
        let name = name.hasPrefix("hf:") ? String(name.dropFirst(3)) : name
        if Folders.kind(name) == .folder {
            let path = name.trimmingEndSlashes
            return ModelFolder(path: path, name: lastName(of: path))
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard isName(name) else {
            throw name.contains("/") && !name.contains("\0")
                ? .notInstalled(name, lookedIn: [], similar: [], pulledAs: pulledAs)
                : .badName(name)
        }
        let places = Place.all(environment)
        if let found = places.lazy.compactMap({ $0.folder(named: parts) }).first { return found }
        throw .notInstalled(
            name, lookedIn: places.map(\.path),
            similar: similarNames(to: name, among: installed(environment: environment)),
            pulledAs: pulledAs ?? (parts.count == 2 ? "hf:" + name : nil))
    }

    /// What a folder that was named by its path is called; "." has the name that it has elsewhere.
    private static func lastName(of path: String) -> String {
        let full = [".", ".."].contains(path.split(separator: "/").last) ? nil : path
        return (full ?? pathWithoutLinks(path) ?? path).split(separator: "/").last.map(String.init)
            ?? path
    }

    /// Some models are one file, which is not installed but named by its path.
    ///
    /// - Parameter name: what may be a path
    /// - Returns: whether a plain file is there
    package static func isFile(_ name: String) -> Bool { Folders.kind(name) == .file }

    /// - Parameters:
    ///   - name: without an owner.
    ///   - environment: the variables that say where the store is.
    /// - Returns: the folder of that model; nil where it is not installed.
    package static func installed(
        named name: String, environment: [String: String]
    ) -> ModelFolder? {
        Place.all(environment).lazy.compactMap { $0.folder(named: [name[...]]) }.first
    }

    /// - Parameter environment: the variables that say where the store is.
    /// - Returns: every model that is found by its name, sorted by name; of two with one name the
    ///   one that `folder(named:)` takes.
    package static func installed(environment: [String: String]) -> [ModelFolder] {
        var found: [ModelFolder] = []
        for folder in Place.all(environment).flatMap(\.folders)
        where !found.contains(where: { $0.name == folder.name }) {
            found.append(folder)
        }
        return found.sorted { $0.name < $1.name }
    }

    /// - Parameter model: its name in the catalogue, or `hf:Owner/name`.
    /// - Returns: what to type to have that model.
    package static func installCommand(_ model: String) -> String {
        "fetch it with: curbcut pull \(model)"
    }

    /// - Returns: whether a model can have that name, `NAME` or `Owner/NAME`.
    package static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy(isNamePart)
    }

    /// Letters, digits and what stands between them, as Hugging Face allows them.
    private static func isNamePart(_ part: Substring) -> Bool {
        let first = part.utf8.first.map { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
        return first == true && part.utf8.count <= 200 && !part.contains("..")
            && part.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0))
            }
    }

    /// Installed names that a typing mistake may have meant, at most three.
    private static func similarNames(to name: String, among folders: [ModelFolder]) -> [String] {
        func stem(_ name: String) -> String {
            name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        }
        let wanted = stem(name)
        let near = folders.map(\.name).filter { candidate in
            let candidate = stem(candidate)
            return candidate.hasPrefix(wanted) || wanted.hasPrefix(candidate)
                || editDistance(Array(wanted.utf8), Array(candidate.utf8)) <= 3
        }
        return Array(near.prefix(3))
    }
}

extension String {
    /// A path without the slashes at its end; the root stays.
    var trimmingEndSlashes: String {
        var path = self
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
