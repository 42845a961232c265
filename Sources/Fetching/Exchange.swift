import AsyncHTTPClient
import FoundationEssentials
import Keeping
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ToolKit

/// Requests to the hub and to where it leads.
struct Exchange: Sendable {
    private let direct: HTTPClient
    private let proxied: [Proxies.Proxy: HTTPClient]
    private let proxies: Proxies
    private let hub: Hub
    private let patience: Patience

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: HTTPClientResponse.Body
        /// Who answered in the end.
        let host: String
        /// What the hub says of a file before it leads elsewhere, `x-linked-etag`.
        let linkedDigest: FileDigest?
        /// What it says of the file's size, `x-linked-size`.
        let linkedSize: Int?
    }

    private static let redirectLimit = 10

    /// Opens connections for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - hub: who is asked
    ///   - proxies: who leads there
    ///   - patience: how long is waited
    ///   - environment: where `SSL_CERT_FILE` may name the authorities to trust
    ///   - body: asks and reads
    /// - Returns: what `body` returns
    /// - Throws: what `body` throws.
    static func with<Value: Sendable>(
        _ hub: Hub, _ proxies: Proxies, _ patience: Patience, environment: [String: String],
        _ body: @Sendable (Exchange) async throws -> Value
    ) async throws -> Value {
        let configuration = configuration(patience, environment)
        let proxied = proxies.all.map { proxy in
            var configuration = configuration
            configuration.proxy = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.user.map {
                    .basic(username: $0, password: proxy.password ?? "")
                })
            return (proxy, client(configuration))
        }
        let exchange = Exchange(
            direct: client(configuration), proxied: Dictionary(uniqueKeysWithValues: proxied),
            proxies: proxies, hub: hub, patience: patience)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(exchange))
        } catch {
            result = .failure(error)
        }
        for client in [exchange.direct] + exchange.proxied.values {
            // What is still open is closed; there is nothing to say about that.
            try? await client.shutdown()
        }
        return try result.get()
    }

    private static func client(_ configuration: HTTPClient.Configuration) -> HTTPClient {
        HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }

    private static func configuration(
        _ patience: Patience, _ environment: [String: String]
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .seconds(Int64(patience.connectSeconds)),
                read: .seconds(Int64(patience.silenceSeconds))))
        configuration.httpVersion = .http1Only
        // What fails is tried again here, and said.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The body is handed over piece by piece, and each costs two changes of threads.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.setOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 20))
        }
        if let file = environment["SSL_CERT_FILE"], !file.isEmpty {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(file)
            configuration.tlsConfiguration = tls
        }
        return configuration
    }

    /// - Parameters:
    ///   - address: what to get
    ///   - name: of the repository or file, for messages
    ///   - offset: the first byte that is wanted
    /// - Returns: an answer with status 200, 206 or 416, its body not read yet
    /// - Throws: `FetchError`.
    func get(
        _ address: String, for name: String, from offset: Int = 0
    ) async throws(FetchError) -> Answer {
        guard var url = URL(string: address), let first = url.host() else {
            throw .badAddress(address, from: "HF_ENDPOINT")
        }
        var linkedDigest: FileDigest?
        var linkedSize: Int?
        var host = first
        for _ in 0...Exchange.redirectLimit {
            let response = try await send(url, host: host, from: offset)
            let headers = response.headers
            linkedDigest =
                linkedDigest ?? headers.first(name: "x-linked-etag").flatMap(FileDigest.init)
            linkedSize = linkedSize ?? headers.first(name: "x-linked-size").flatMap(Int.init)
            guard [301, 302, 303, 307, 308].contains(response.status.code) else {
                let answer = Answer(
                    status: Int(response.status.code), headers: headers, body: response.body,
                    host: host, linkedDigest: linkedDigest, linkedSize: linkedSize)
                try answer.check(for: name, token: hub.token)
                return answer
            }
            guard let location = headers.first(name: "location"),
                let next = URL(string: location, relativeTo: url)?.absoluteURL,
                let nextHost = next.host(), ["http", "https"].contains(next.scheme),
                // Nobody on the way may replace what was asked for over an encrypted connection.
                url.scheme == "http" || next.scheme == "https"
            else { throw .badRedirect(host: host) }
            // Read to the end, so that the connection can be used again.
            _ = try? await response.body.collect(upTo: 1 << 16)
            (url, host) = (next, nextHost)
        }
        throw .badRedirect(host: host)
    }

    private func send(
        _ url: URL, host: String, from offset: Int
    ) async throws(FetchError) -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "user-agent", value: "curbcut/\(curbcutVersion)")
        // A range of compressed bytes would be of no use.
        request.headers.add(name: "accept-encoding", value: "identity")
        if offset > 0 { request.headers.add(name: "range", value: "bytes=\(offset)-") }
        // Where the hub leads is another's machine, which must not see the token.
        if let token = hub.token, hub.isOwn(url) {
            request.headers.add(name: "authorization", value: "Bearer \(token.value)")
        }
        let proxy = proxies.proxy(for: url)
        let client = proxy.flatMap { proxied[$0] } ?? direct
        do {
            return try await client.execute(request, deadline: .distantFuture)
        } catch {
            throw FetchError(transport: error, host: host, proxy: proxy, patience)
        }
    }
}

extension Exchange.Answer {
    /// - Throws: `FetchError` where the status is none that a caller can use.
    fileprivate func check(for name: String, token: Hub.Token?) throws(FetchError) {
        switch status {
        case 200, 206, 416: return
        case 401: throw .notSignedIn(name, host: host, tokenFrom: token?.source)
        case 403: throw .forbidden(name, host: host)
        case 404 where headers.first(name: "x-error-code") == "RevisionNotFound":
            throw .noRevision(name, host: host)
        case 404, 410: throw .notFound(name, host: host)
        case 408, 429: throw .tooManyRequests(host: host, seconds: retryAfterSeconds)
        case 500...599:
            throw .serverFault(host: host, status: status, seconds: retryAfterSeconds)
        default: throw .unexpected(host: host, status: status)
        }
    }

    private var retryAfterSeconds: Int? {
        headers.first(name: "retry-after").flatMap { RetryAfter.seconds($0) }
    }

    /// Where the bytes of a 206 begin, and how long the whole is; nil without such a header.
    var contentRange: (begin: Int, total: Int?)? {
        // "bytes 100-199/200"
        guard let text = headers.first(name: "content-range"), text.hasPrefix("bytes ") else {
            return nil
        }
        let parts = text.dropFirst("bytes ".count).split { $0 == "-" || $0 == "/" }
        guard parts.count == 3, let begin = Int(parts[0]) else { return nil }
        return (begin, Int(parts[2]))
    }

    var contentLength: Int? { headers.first(name: "content-length").flatMap { Int($0) } }
}
