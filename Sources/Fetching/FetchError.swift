import Signals

/// Why something could not be fetched.
package enum FetchError: Explained, Equatable {
    /// The variable that forbids it.
    case offline(String)
    case badAddress(String, from: String)
    /// The variable or the file that it is from.
    case badToken(String)
    case tokenInTheClear(String)
    /// The variable; what it holds may be a password.
    case badProxy(String)
    case proxyUnreachable(String, reason: String, _ variable: String)
    /// 407, with or without a user's name.
    case proxyLogin(String, hadLogin: Bool, _ variable: String)
    /// It leads nowhere.
    case proxyRefused(String, host: String, _ variable: String)
    case unknownHost(String)
    case unreachable(host: String, reason: String)
    case certificate(host: String, reason: String)
    case silent(host: String, seconds: Int)
    /// 401, in spite of a token from a variable or a file, or without one.
    case notSignedIn(String, host: String, tokenFrom: String?)
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
        case .offline(let variable): "\(variable) is set, so nothing is fetched"
        case .badAddress(let text, let name): "\(name) is no address of a server: '\(text)'"
        case .badToken(let source): "\(source) holds characters that no token has"
        case .tokenInTheClear(let endpoint):
            "HF_TOKEN would go to \(endpoint) unencrypted, for everybody on the way to read"
        case .badProxy(let variable): "\(variable) is no address of a proxy that can be used"
        case .proxyUnreachable(let proxy, let reason, let variable):
            "the proxy \(proxy) of \(variable) cannot be reached: \(reason)"
        case .proxyLogin(let proxy, false, _): "the proxy \(proxy) asks for a name and a password"
        case .proxyLogin(let proxy, true, let variable):
            "the proxy \(proxy) refuses the name and password of \(variable)"
        case .proxyRefused(let proxy, let host, _): "the proxy \(proxy) does not lead to \(host)"
        case .unknownHost(let host): "there is no way to \(host): its name is not known here"
        case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .certificate(let host, let reason): "\(host) cannot be trusted: \(reason)"
        case .silent(let host, let seconds): "\(host) sent nothing for \(seconds) seconds"
        case .notSignedIn(let name, let host, nil):
            "\(host) does not show \(name) to everybody, or has no such repository"
        case .notSignedIn(let name, let host, let source?):
            "\(host) refuses the token of \(source) for \(name)"
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
        case .offline(let variable): "to fetch, type: \(variable)=0 curbcut pull NAME"
        case .badAddress: "give one such as https://huggingface.co"
        case .badToken: "copy it again from the settings page of the hub"
        case .tokenInTheClear: "use an address that begins with https, or unset HF_TOKEN"
        case .badProxy(let variable):
            "write it as in: export \(variable)=http://USER:PASSWORD@HOST:PORT; proxies that are "
                + "spoken to in TLS or SOCKS are not known here"
        case .proxyUnreachable(_, _, let variable):
            "check \(variable) and the network, or name hosts that need no proxy in NO_PROXY"
        case .proxyLogin(_, _, let variable):
            "write them as in: export \(variable)=http://USER:PASSWORD@HOST:PORT, with %40 for @"
        case .proxyRefused(_, let host, let variable):
            "check \(variable), or where no proxy is needed: export NO_PROXY=\(host)"
        case .unknownHost, .unreachable: "check the network, then type the same again"
        case .certificate:
            "check the date of this machine and the package ca-certificates; where a company has an "
                + "authority of its own, name its file with SSL_CERT_FILE"
        case .silent, .cutOff, .serverFault:
            "type the same again later; it goes on where it stopped"
        case .notSignedIn(_, _, nil):
            "check the spelling; for a private one make a token there and export HF_TOKEN=TOKEN"
        case .notSignedIn: "make a new token there, and check that it may read this"
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
        case .badAddress, .badToken, .tokenInTheClear, .badProxy: .usage
        case .offline, .notSignedIn, .forbidden, .notFound, .noRevision, .proxyLogin: .unavailable
        default: .inputOutput
        }
    }

    /// Whether the same request may succeed a little later.
    var mayPass: Bool {
        switch self {
        case .unreachable, .proxyUnreachable, .silent, .tooManyRequests, .serverFault, .cutOff,
            .wrongDigest,
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
