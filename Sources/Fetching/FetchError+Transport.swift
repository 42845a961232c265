import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension FetchError {
    /// What went wrong below HTTP, before an answer came.
    init(
        transport error: any Error, host: String, proxy: Proxies.Proxy?, _ patience: Patience
    ) {
        if let proxy, let error = error as? HTTPClientError {
            switch error {
            case .proxyAuthenticationRequired:
                self = .proxyLogin(proxy.name, hadLogin: proxy.user != nil, proxy.variable)
                return
            case .invalidProxyResponse, .httpProxyHandshakeTimeout:
                self = .proxyRefused(proxy.name, host: host, proxy.variable)
                return
            default: break
            }
        }
        let failure = FetchError(direct: error, host: proxy?.name ?? host, patience)
        switch (failure, proxy) {
        // Nobody but the proxy is asked for a connection and for the host's number.
        case (.unreachable(_, let reason), let proxy?):
            self = .proxyUnreachable(proxy.name, reason: reason, proxy.variable)
        case (.unknownHost, let proxy?):
            self = .proxyUnreachable(
                proxy.name, reason: "its name is not known here", proxy.variable)
        case (.certificate(_, let reason), _): self = .certificate(host: host, reason: reason)
        case (.silent(_, let seconds), _): self = .silent(host: host, seconds: seconds)
        default: self = failure
        }
    }

    private init(direct error: any Error, host: String, _ patience: Patience) {
        switch error {
        case let error as HTTPClientError
        where error == .readTimeout || error == .deadlineExceeded:
            self = .silent(host: host, seconds: patience.silenceSeconds)
        case let error as HTTPClientError
        where error == .connectTimeout || error == .tlsHandshakeTimeout:
            self = .silent(host: host, seconds: patience.connectSeconds)
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            self = .unreachable(host: host, reason: "it closed the connection")
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self = .certificate(host: host, reason: "its certificate is for another name")
        case let error as NIOSSLError:
            self = FetchError(tls: "\(error)", host: host)
        case let error as BoringSSLError:
            self = FetchError(tls: "\(error)", host: host)
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first?.error {
                self = FetchError(direct: failure, host: host, patience)
            } else {
                self = .unknownHost(host)
            }
        case let error as IOError:
            self = .unreachable(host: host, reason: FetchError.words(error))
        default:
            self = .unreachable(host: host, reason: "\(error)")
        }
    }

    /// - Parameters:
    ///   - words: how the library describes it
    ///   - host: who was to be trusted
    private init(tls words: String, host: String) {
        self =
            words.contains("CERTIFICATE_VERIFY_FAILED")
            ? .certificate(
                host: host, reason: "its certificate is signed by nobody whom this machine knows")
            : .certificate(host: host, reason: "no secure connection could be made (\(words))")
    }

    /// "connection refused", without the name of the system call.
    private static func words(_ error: IOError) -> String {
        // Safe: the text belongs to the C library and is copied at once.
        unsafe String(cString: strerror(error.errnoCode))
    }
}
