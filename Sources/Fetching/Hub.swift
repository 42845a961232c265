import FoundationEssentials
import Keeping
import ModelStore
import Signals

/// Where models are fetched from, and how its addresses are made.
///
/// The scheme is that of the Hugging Face hub: `ENDPOINT/api/models/OWNER/REPO/revision/REV` lists a
/// repository's files, `ENDPOINT/OWNER/REPO/resolve/REV/FILE` is one of them.
package struct Hub: Sendable, Equatable {
    /// The scheme, the host and perhaps a path, without a slash at its end.
    package let endpoint: String
    /// Where files of GitHub repositories are, likewise.
    package let gitHub: String
    /// Sent to the endpoint and to nobody else; nil where there is none.
    let token: Token?

    /// What lets its user in.
    struct Token: Sendable, Equatable {
        let value: String
        /// The variable or the file that it is from, as messages name it.
        let source: String
        /// Whether it was stored once for all, and not meant for this command.
        let isStored: Bool
    }

    package static let standardEndpoint = "https://huggingface.co"
    private static let standardGitHub = "https://raw.githubusercontent.com"

    /// - Parameters:
    ///   - environment: `HF_ENDPOINT`, and `HF_TOKEN` or where a token is stored, as Hugging Face's own
    ///     programs read them
    ///   - mirror: used instead of both places, without the token: it is for the hub alone
    /// - Throws: `FetchError.badAddress`, `.badToken`, `.tokenInTheClear`.
    package init(environment: [String: String], mirror: String? = nil) throws(FetchError) {
        func given(_ variable: String) -> String? {
            environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        }
        let chosen = mirror ?? given("HF_ENDPOINT")
        endpoint = try Hub.checked(
            chosen ?? Hub.standardEndpoint, from: mirror == nil ? "HF_ENDPOINT" : "--mirror")
        gitHub = mirror == nil ? Hub.standardGitHub : endpoint
        guard mirror == nil, let token = Hub.token(environment) else {
            token = nil
            return
        }
        if !token.value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw .badToken(token.source)
        }
        let mayBeSent = Hub.mayCarryToken(endpoint)
        // A stored one was not meant for this command, so it only stays away.
        if !mayBeSent, !token.isStored { throw .tokenInTheClear(endpoint) }
        self.token = mayBeSent ? token : nil
    }

    /// Source: `huggingface_hub/utils/_auth.py`, `get_token`, and `constants.py`.
    private static func token(_ environment: [String: String]) -> Token? {
        func clean(_ text: String, _ source: String, isStored: Bool) -> Token? {
            let value = text.trimmingWhitespace
            return value.isEmpty ? nil : Token(value: value, source: source, isStored: isStored)
        }
        for variable in ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] {
            if let token = clean(environment[variable] ?? "", variable, isStored: false) {
                return token
            }
        }
        let isUnwanted = ["1", "ON", "YES", "TRUE"].contains(
            environment["HF_HUB_DISABLE_IMPLICIT_TOKEN"]?.uppercased())
        guard !isUnwanted, let path = UserFolders.hubToken(environment),
            let bytes = try? Disk.contents(path, limit: 1 << 12)
        else { return nil }
        return clean(String(decoding: bytes, as: UTF8.self), path, isStored: true)
    }

    /// How the hub lists a repository's files, with sizes and digests.
    func listingAddress(_ repository: String, _ revision: String) -> String {
        "\(endpoint)/api/models/\(repository)/revision/\(Hub.escaped(revision))?blobs=true"
    }

    func fileAddress(_ repository: String, _ commit: String, _ file: String) -> String {
        "\(endpoint)/\(repository)/resolve/\(Hub.escaped(commit))/\(Hub.escapedPath(file))"
    }

    func gitHubAddress(_ repository: String, _ commit: String, _ file: String) -> String {
        "\(gitHub)/\(repository)/\(commit)/\(Hub.escapedPath(file))"
    }

    /// A page that people read.
    package func page(_ repository: String) -> String { "\(endpoint)/\(repository)" }

    var endpointAddress: URL? { URL(string: endpoint) }

    /// Whether an address leads to the place that the token is for.
    func isOwn(_ address: URL) -> Bool {
        guard let own = endpointAddress else { return false }
        return own.scheme == address.scheme && own.host() == address.host()
            && own.port == address.port
    }

    private static func checked(
        _ text: String, from name: String
    ) throws(FetchError) -> String {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme),
            url.host()?.isEmpty == false, url.query() == nil, url.fragment() == nil,
            url.user() == nil
        else { throw .badAddress(text, from: name) }
        return text
    }

    /// Over plain HTTP everybody on the way could read it; nobody is on the way to this machine.
    private static func mayCarryToken(_ endpoint: String) -> Bool {
        guard let url = URL(string: endpoint) else { return false }
        return url.scheme == "https"
            || ["127.0.0.1", "localhost", "::1", "[::1]"].contains(url.host() ?? "")
    }

    private static func escapedPath(_ path: String) -> String {
        path.split(separator: "/").map { escaped(String($0)) }.joined(separator: "/")
    }

    /// RFC 3986: all but the unreserved characters.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.isASCII && scalar.properties.isAlphabetic
                || "0123456789-._~".unicodeScalars.contains(scalar)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(scalar) : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
