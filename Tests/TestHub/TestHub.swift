import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Two HTTP servers on loopback: a hub, and the storage of large files that it leads to.
package final class TestHub: Sendable {
    private let state: Mutex<State>
    private let channels: [any Channel]
    package let storagePort: Int
    private let repositories: [HubRepository]
    /// What `HF_ENDPOINT` is to be.
    package let endpoint: String
    /// Of the hub itself.
    package let port: Int

    private struct State {
        var script = HubScript()
        var requests: [HubRequest] = []
    }

    /// - Parameters:
    ///   - repositories: what it has
    ///   - tls: certificate and key; nil speaks plain HTTP
    /// - Throws: where no socket can be had.
    package init(_ repositories: [HubRepository], tls: NIOSSLContext? = nil) async throws {
        self.repositories = repositories
        state = Mutex(State())
        let relay = Relay()
        let hub = try await TestHub.listen(relay, isStorage: false, tls)
        let storage = try await TestHub.listen(relay, isStorage: true, tls)
        channels = [hub, storage]
        storagePort = storage.localAddress?.port ?? 0
        port = hub.localAddress?.port ?? 0
        endpoint = "\(tls == nil ? "http" : "https")://127.0.0.1:\(port)"
        relay.hub.withLock { $0 = Relay.Weak(hub: self) }
    }

    deinit { for channel in channels { channel.close(promise: nil) } }

    package var requests: [HubRequest] { state.withLock { $0.requests } }

    package var script: HubScript {
        get { state.withLock { $0.script } }
        set { state.withLock { $0.script = newValue } }
    }

    package func forgetRequests() { state.withLock { $0.requests = [] } }

    /// Leads each connection to the hub, which it must not keep alive.
    final class Relay: Sendable {
        let hub = Mutex<Weak?>(nil)
        struct Weak: Sendable {
            weak let hub: TestHub?
        }
    }

    private static func listen(
        _ relay: Relay, isStorage: Bool, _ tls: NIOSSLContext?
    ) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(HubHandler(relay, isStorage: isStorage))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }
}

// MARK: Answers

extension TestHub {
    /// Notes a request and decides what is answered.
    func answer(_ head: HTTPRequestHead, isStorage: Bool) -> HubAnswer {
        let request = HubRequest(
            isStorage: isStorage, path: head.uri, range: head.headers.first(name: "range"),
            authorization: head.headers.first(name: "authorization"))
        let path = String(head.uri.prefix { $0 != "?" })
        let target: HubScript.Target =
            isStorage
            ? .storage
            : path.hasPrefix(TestHub.cache) ? .cache : path.hasPrefix("/api/") ? .listing : .file
        let (script, refusal) = state.withLock { state in
            state.requests.append(request)
            let place = state.script.refusals.firstIndex { $0.target == target }
            let refusal =
                place.map { state.script.refusals.remove(at: $0).refusal }
                ?? state.script.standingRefusal.flatMap { $0.target == target ? $0.refusal : nil }
            return (state.script, refusal)
        }
        if let refusal { return HubAnswer(refusal) }
        if let (old, new) = script.renamed, head.uri.contains("/\(old)/") {
            let address = head.uri.replacing("/\(old)/", with: "/\(new)/")
            return HubAnswer(.init(307, [("location", address)]))
        }
        if let token = script.token, !isStorage, request.authorization != "Bearer \(token)" {
            return HubAnswer(.init(401, [("x-error-code", "RepoNotFound")]))
        }
        switch target {
        case .listing: return listing(path, script)
        case .storage:
            let digest = path.dropFirst()
            let files = repositories.flatMap(\.files.values)
            guard let bytes = files.first(where: { HubRepository.sha256($0) == digest }) else {
                return HubAnswer(.init(404))
            }
            return body(bytes, request, script)
        case .file: return file(path, script)
        case .cache:
            guard let (repository, name) = find(path.dropFirst(TestHub.cache.count)),
                let bytes = repository.files[name]
            else { return HubAnswer(.init(404, [("x-error-code", "EntryNotFound")])) }
            var answer = body(bytes, request, script)
            answer.headers.append(("etag", "\"\(HubRepository.blob(bytes))\""))
            return answer
        }
    }

    private func listing(_ path: String, _ script: HubScript) -> HubAnswer {
        let parts = path.split(separator: "/")
        guard parts.count == 6, parts[4] == "revision",
            let repository = repositories.first(where: { $0.name == "\(parts[2])/\(parts[3])" })
        else { return HubAnswer(.init(404, [("x-error-code", "RepoNotFound")])) }
        guard ["main", "refs%2Fpr%2F1", repository.commit].contains(String(parts[5])) else {
            return HubAnswer(.init(404, [("x-error-code", "RevisionNotFound")]))
        }
        return HubAnswer(
            status: 200, headers: [("content-type", "application/json")],
            body: Array(repository.listing(withDigests: script.listsDigests).utf8))
    }

    /// Where the hub leads for small files.
    private static let cache = "/api/resolve-cache/models/"

    /// - Parameter path: `OWNER/REPO/COMMIT/FILE`, escaped
    /// - Returns: whose file that is; nil where there is no such repository and commit.
    private func find(_ path: some StringProtocol) -> (repository: HubRepository, file: String)? {
        let parts = String(path).split(separator: "/", maxSplits: 3).map(String.init)
        guard parts.count == 4, let file = parts[3].removingPercentEncoding,
            let repository = repositories.first(where: { $0.name == "\(parts[0])/\(parts[1])" }),
            repository.commit == parts[2]
        else { return nil }
        return (repository, file)
    }

    private func file(_ path: String, _ script: HubScript) -> HubAnswer {
        let plain = path.dropFirst().replacing("/resolve/", with: "/", maxReplacements: 1)
        guard path.contains("/resolve/"), let (repository, name) = find(plain),
            let bytes = repository.files[name]
        else { return HubAnswer(.init(404, [("x-error-code", "EntryNotFound")])) }
        guard repository.large.contains(name) else {
            let blob = HubRepository.blob(bytes)
            return HubAnswer(
                status: 307,
                headers: [
                    ("location", "\(TestHub.cache)\(plain)?%2F\(plain)=&etag=%22\(blob)%22"),
                    ("etag", "\"\(blob)\""), ("x-repo-commit", repository.commit),
                ],
                body: Array("Temporary Redirect".utf8))
        }
        let digest = HubRepository.sha256(bytes)
        let scheme = endpoint.prefix { $0 != ":" }
        let storage = "\(scheme)://localhost:\(storagePort)/\(digest)?signature=secret"
        return HubAnswer(
            status: 302,
            headers: [
                ("location", script.redirect ?? storage), ("x-linked-etag", "\"\(digest)\""),
                ("x-linked-size", "\(bytes.count)"), ("x-repo-commit", repository.commit),
            ],
            body: Array("Found. Redirecting".utf8))
    }

    private func body(
        _ bytes: [UInt8], _ request: HubRequest, _ script: HubScript
    ) -> HubAnswer {
        var bytes = bytes
        if script.lengthChange > 0 { bytes += [UInt8](repeating: 7, count: script.lengthChange) }
        if script.lengthChange < 0 { bytes.removeLast(-script.lengthChange) }
        let isSpoiled = state.withLock { state in
            let target: HubScript.Target = request.isStorage ? .storage : .file
            guard state.script.spoiledBodies.target == target,
                state.script.spoiledBodies.count > 0, !bytes.isEmpty
            else { return false }
            state.script.spoiledBodies.count -= 1
            return true
        }
        if isSpoiled { bytes[bytes.count / 2] ^= 1 }
        var answer = HubAnswer(status: 200, headers: [("accept-ranges", "bytes")], body: bytes)
        answer.script = script
        let begin = request.range.flatMap { range in
            Int(range.dropFirst("bytes=".count).prefix { $0 != "-" })
        }
        guard let begin, !script.ignoresRanges else { return answer }
        guard begin < bytes.count else {
            return HubAnswer(.init(416, [("content-range", "bytes */\(bytes.count)")]))
        }
        let first = begin + (script.shiftsRanges ? 1 : 0)
        answer.status = 206
        answer.body = Array(bytes[first...])
        answer.headers.append(
            ("content-range", "bytes \(first)-\(bytes.count - 1)/\(bytes.count)"))
        return answer
    }
}

/// What is sent.
struct HubAnswer: Sendable {
    var status: Int
    var headers: [(String, String)]
    var body: [UInt8]
    /// How the body goes.
    var script = HubScript()

    init(status: Int, headers: [(String, String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(_ refusal: HubScript.Refusal) {
        self.init(status: refusal.status, headers: refusal.headers, body: Array("no".utf8))
    }
}
