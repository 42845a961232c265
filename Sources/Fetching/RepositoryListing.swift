import Inference
import Keeping

/// What the hub says of a repository at one revision.
package struct RepositoryListing: Sendable, Equatable {
    package struct File: Sendable, Equatable {
        package let name: String
        /// Nil where the server does not say.
        package let size: Int?
        package let digest: FileDigest?
    }

    /// Forty hexadecimal digits, which name the same files forever.
    package let commit: String
    /// As its card declares it.
    package let licence: String?
    package let files: [File]

    /// The hub's answer to `GET /api/models/OWNER/REPO/revision/REV?blobs=true`; nil where the bytes
    /// are no such answer.
    package init?(_ bytes: [UInt8]) {
        guard let answer = try? JSONValue(parsing: bytes), let commit = answer["sha"]?.string,
            let siblings = answer["siblings"]?.array,
            !commit.isEmpty, commit.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        self.commit = commit
        licence = RepositoryListing.licence(answer)
        files = siblings.compactMap { sibling in
            guard let name = sibling["rfilename"]?.string else { return nil }
            let large = sibling["lfs"]
            let digest =
                large?["sha256"]?.string ?? large?["oid"]?.string ?? sibling["blobId"]?.string
            return File(
                name: name, size: large?["size"]?.integer ?? sibling["size"]?.integer,
                digest: digest.flatMap(FileDigest.init))
        }
    }

    package func file(_ name: String) -> File? { files.first { $0.name == name } }

    /// The card's `license`; where that is "other", its `license_name`; else the tag `license:NAME`.
    private static func licence(_ answer: JSONValue) -> String? {
        let card = answer["cardData"]
        let declared =
            card?["license"]?.string
            ?? card?["license"]?.array?.compactMap(\.string).joined(separator: ", ")
        if let declared, !declared.isEmpty {
            let name = declared == "other" ? card?["license_name"]?.string : nil
            return name ?? declared
        }
        let tag = answer["tags"]?.array?.compactMap(\.string).first { $0.hasPrefix("license:") }
        return tag.map { String($0.dropFirst("license:".count)) }
    }
}
