import ModelStore
import Models
import Signals

/// Which model is to be fetched: one of the catalogue, or any repository of the hub.
package struct ModelReference: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        /// Owner and name, and a branch, tag or commit.
        case hub(repository: String, revision: String)
        /// Files whose digests are known here.
        case pinned(PinnedFiles)
    }

    /// As the user wrote it.
    package let written: String
    /// What it is called in the store.
    package let name: String
    package let source: Source
    /// Nil for a repository that the catalogue does not know.
    package let entry: CatalogueEntry?

    /// - Parameter written: `NAME`, `hf:OWNER/REPO` with or without `@REVISION`, or the address of a
    ///   page of the hub
    /// - Throws: `ReferenceError`.
    package init(_ written: String) throws(ReferenceError) {
        self.written = written
        let text = ModelReference.repository(atPage: written) ?? written
        if text.hasPrefix("hf:") {
            let parts = text.dropFirst(3).split(
                separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
            let repository = String(parts.first ?? "")
            let known = Catalogue.entry(named: repository)
            let revision = parts.count == 2 ? String(parts[1]) : known?.revision ?? "main"
            guard repository.contains("/"), ModelStore.isName(repository),
                ModelReference.isRevision(revision)
            else { throw .malformed(text) }
            entry = known
            name = entry?.name ?? repository
            source = .hub(repository: repository, revision: revision)
            return
        }
        guard let entry = Catalogue.entry(named: text) else {
            throw text.contains("/") && ModelStore.isName(text)
                ? .repositoryWithoutMark(text) : .unknown(text, known: ModelReference.near(text))
        }
        self.entry = entry
        name = entry.name
        if let repository = entry.repository {
            source = .hub(repository: repository, revision: entry.revision)
        } else if let files = entry.pinned {
            source = .pinned(files)
        } else {
            throw .comesWithCurbcut(text)
        }
    }

    /// "hf:OWNER/REPO@main" of "https://huggingface.co/OWNER/REPO/tree/main"; nil for anything else.
    private static func repository(atPage address: String) -> String? {
        let start = Hub.standardEndpoint + "/"
        guard address.hasPrefix(start) else { return nil }
        let parts = address.dropFirst(start.count).split(separator: "/", maxSplits: 3)
        guard parts.count >= 2 else { return nil }
        let revision = parts.count == 4 && parts[2] == "tree" ? "@\(parts[3])" : ""
        return "hf:\(parts[0])/\(parts[1])\(revision)"
    }

    /// Branches, tags, commits and refs/pr/1; letters that a path or a query would take otherwise
    /// are in none.
    private static func isRevision(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && !text.contains("..")
            && text.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic
                        || "0123456789._-/+=,@".unicodeScalars.contains($0))
            }
    }

    /// Names of the catalogue that begin as this one does, at most five.
    private static func near(_ text: String) -> [String] {
        let names = Catalogue.entries.compactMap(\.pulledAs)
        let stem = text.split { !$0.isLetter }.first.map { $0.lowercased() } ?? text
        let alike = names.filter { $0.contains(text.lowercased()) }
        return Array((alike.isEmpty ? names.filter { $0.hasPrefix(stem) } : alike).prefix(5))
    }
}

/// A name that leads to no model.
package enum ReferenceError: Explained, Equatable {
    case unknown(String, known: [String])
    case malformed(String)
    case repositoryWithoutMark(String)
    case comesWithCurbcut(String)

    package var what: String {
        switch self {
        case .unknown(let name, let known):
            "there is no model '\(name)' in the catalogue"
                + (known.isEmpty ? "" : "; near it are \(known.joined(separator: ", "))")
        case .malformed(let text): "'\(text)' names no repository of the hub"
        case .repositoryWithoutMark(let name): "'\(name)' is no name of the catalogue"
        case .comesWithCurbcut(let name): "\(name) comes with Curbcut and is not fetched"
        }
    }

    package var remedy: String {
        switch self {
        case .unknown: "see what there is with: curbcut list"
        case .malformed: "write hf:OWNER/REPO or hf:OWNER/REPO@REVISION"
        case .repositoryWithoutMark(let name):
            "for a repository of the hub type: curbcut pull hf:\(name)"
        case .comesWithCurbcut: "it is in examples/starter-models of the source"
        }
    }

    package var exitStatus: ExitStatus { .usage }
}
