import Signals

/// Why something could not be fetched.
package enum FetchError: Explained, Equatable {
    case offline
    case badAddress(String, from: String)
    case badToken
    case tokenInTheClear(String)
    case unknownHost(String)
    case unreachable(host: String, reason: String)
    case certificate(host: String, reason: String)
    case silent(host: String, seconds: Int)
    /// 401, with or without a token.
    case notSignedIn(String, host: String, hadToken: Bool)
    /// 403.
    case forbidden(String, host: String)
    case notFound(String, host: String)
    case noRevision(String, host: String)
    case tooManyRequests(host: String, seconds: Int?)
    case serverFault(host: String, status: Int, seconds: Int?)
    case unexpected(host: String, status: Int)
    case badRedirect(host: String)
    case badListing(String, host: String)
    case cutOff(String, received: Int, of: Int?)
    /// The whole file has another size than was promised.
    case wrongSize(String, host: String, expected: Int, found: Int)
    case wrongDigest(String, host: String, kind: String)
    /// A server that goes on where nobody asked it to.
    case wrongRange(String, host: String)

    package var what: String {
        switch self {
        case .offline: "CURBCUT_OFFLINE is set, so nothing is fetched"
        case .badAddress(let text, let name): "\(name) is no address of a server: '\(text)'"
        case .badToken: "HF_TOKEN holds characters that no token has"
        case .tokenInTheClear(let endpoint):
            "HF_TOKEN would go to \(endpoint) unencrypted, for everybody on the way to read"
        case .unknownHost(let host): "there is no way to \(host): its name is not known here"
        case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .certificate(let host, let reason): "\(host) cannot be trusted: \(reason)"
        case .silent(let host, let seconds): "\(host) sent nothing for \(seconds) seconds"
        case .notSignedIn(let name, let host, false):
            "\(host) does not show \(name) to everybody, or has no such repository"
        case .notSignedIn(let name, let host, true): "\(host) refuses HF_TOKEN for \(name)"
        case .forbidden(let name, let host):
            "\(host) gives \(name) only to those who accepted its conditions there"
        case .notFound(let name, let host): "\(host) has no \(name)"
        case .noRevision(let name, let host): "\(host) has no such revision: \(name)"
        case .tooManyRequests(let host, let seconds):
            "\(host) has had too many requests"
                + (seconds.map { " and asks to wait \($0) seconds" } ?? "")
        case .serverFault(let host, let status, _):
            "\(host) has trouble of its own (HTTP status \(status))"
        case .unexpected(let host, let status):
            "\(host) answers in an unexpected way (HTTP status \(status))"
        case .badRedirect(let host): "\(host) leads somewhere that is not to be followed"
        case .badListing(let name, let host): "what \(host) says about \(name) cannot be understood"
        case .cutOff(let file, let received, let total):
            "\(file) broke off after \(received) "
                + (total.map { "of \($0) bytes" } ?? "bytes")
        case .wrongSize(let file, let host, let expected, let found):
            "\(file) has \(found) bytes at \(host) where \(expected) are listed"
        case .wrongDigest(let file, let host, let kind):
            "\(file) came from \(host) with another \(kind) than is listed, so it is not used"
        case .wrongRange(let file, let host):
            "\(host) sent another part of \(file) than was asked for"
        }
    }

    package var remedy: String {
        switch self {
        case .offline: "to fetch, type: CURBCUT_OFFLINE= curbcut pull NAME"
        case .badAddress: "give one such as https://huggingface.co"
        case .badToken: "copy it again from the settings page of the hub"
        case .tokenInTheClear: "use an address that begins with https, or unset HF_TOKEN"
        case .unknownHost, .unreachable: "check the network, then type the same again"
        case .certificate:
            "check the date of this machine and the package ca-certificates; where a company has an "
                + "authority of its own, name its file with SSL_CERT_FILE"
        case .silent, .cutOff, .serverFault:
            "type the same again later; it goes on where it stopped"
        case .notSignedIn(_, _, false):
            "check the spelling; for a private one make a token there and export HF_TOKEN=TOKEN"
        case .notSignedIn(_, _, true): "make a new token there, and check that it may read this"
        case .forbidden(let name, let host):
            "accept them at https://\(host)/\(name) and export HF_TOKEN=TOKEN of the same account"
        case .notFound: "check the spelling, or see what there is with: curbcut list"
        case .noRevision: "leave it out for the newest"
        case .tooManyRequests: "type the same again after that; it goes on where it stopped"
        case .unexpected, .badRedirect, .badListing, .wrongRange:
            "check HF_ENDPOINT and --mirror; without them the hub itself is asked"
        case .wrongSize, .wrongDigest:
            "type the same again; if that does not help, do not trust this server: leave out "
                + "--mirror and HF_ENDPOINT"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .badAddress, .badToken, .tokenInTheClear: .usage
        case .offline, .notSignedIn, .forbidden, .notFound, .noRevision: .unavailable
        default: .inputOutput
        }
    }

    /// Whether the same request may succeed a little later.
    var mayPass: Bool {
        switch self {
        case .unreachable, .silent, .tooManyRequests, .serverFault, .cutOff, .wrongDigest,
            .wrongRange:
            true
        default: false
        }
    }

    /// How long the server asks to wait.
    var waitSeconds: Int? {
        switch self {
        case .tooManyRequests(_, let seconds), .serverFault(_, _, let seconds): seconds
        default: nil
        }
    }
}
