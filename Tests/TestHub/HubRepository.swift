import Crypto

/// A repository that a hub of the tests has.
package struct HubRepository: Sendable {
    /// Owner and name.
    package let name: String
    package let commit: String
    /// As its card declares it; nil for none.
    package let licence: String?
    package let files: [String: [UInt8]]
    /// Those that the hub keeps elsewhere, by their SHA-256.
    package let large: Set<String>

    package init(
        _ name: String, commit: String = String(repeating: "c0ffee00", count: 5),
        licence: String? = "mit", files: [String: [UInt8]], large: Set<String>
    ) {
        self.name = name
        self.commit = commit
        self.licence = licence
        self.files = files
        self.large = large
    }

    /// `GET /api/models/OWNER/REPO/revision/REV?blobs=true`, as far as anybody reads it.
    func listing(withDigests: Bool) -> String {
        let siblings = files.sorted { $0.key < $1.key }.map { name, bytes in
            let blob = Self.blob(bytes)
            let lfs =
                large.contains(name)
                ? ",\"lfs\":{\"sha256\":\"\(Self.sha256(bytes))\",\"size\":\(bytes.count),\"pointerSize\":134}"
                : ""
            return withDigests
                ? "{\"rfilename\":\"\(name)\",\"size\":\(bytes.count),\"blobId\":\"\(blob)\"\(lfs)}"
                : "{\"rfilename\":\"\(name)\"}"
        }
        let card = licence.map { "\"cardData\":{\"license\":\"\($0)\"}," } ?? ""
        return "{\"id\":\"\(name)\",\"sha\":\"\(commit)\",\"private\":false,\"gated\":false,\(card)"
            + "\"siblings\":[\(siblings.joined(separator: ","))]}"
    }

    package static func sha256(_ bytes: [UInt8]) -> String { hexDigits(SHA256.hash(data: bytes)) }

    static func blob(_ bytes: [UInt8]) -> String {
        hexDigits(Insecure.SHA1.hash(data: Array("blob \(bytes.count)\0".utf8) + bytes))
    }

    private static func hexDigits(_ digest: some Digest) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
