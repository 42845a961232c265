import Fetching
import Keeping
import Signals
import TestHub
import TestKit
import Testing

/// Fetches through a proxy, which alone knows the hosts.
@Suite struct PullProxyTests {
    private let login = "Basic bWU6c0BjcmV0"

    private func proxied(
        _ sample: HubSample, authorization: String? = nil
    ) async throws -> TestProxy {
        sample.hub.script.redirect =
            "http://storage.example/\(HubRepository.sha256(sample.weights))"
        return try await TestProxy(
            leadingTo: ["hub.example": sample.hub.port, "storage.example": sample.hub.storagePort],
            authorization: authorization)
    }

    private func variables(_ proxy: TestProxy, login: String = "") -> [String: String] {
        [
            "HF_ENDPOINT": "http://hub.example",
            "http_proxy": "http://\(login)127.0.0.1:\(proxy.port)",
        ]
    }

    @Test func `a model comes through a proxy, which alone knows the hosts`() async throws {
        let sample = try await HubSample()
        let proxy = try await proxied(sample)
        try await sample.pull(nil, variables(proxy))
        #expect(try sample.isWhole)
        let targets = Set(proxy.requests.map(\.target))
        #expect(targets == ["hub.example:80", "storage.example:80"])
    }

    @Test func `name and password are given to the proxy, and to nobody else`() async throws {
        let sample = try await HubSample()
        let proxy = try await proxied(sample, authorization: login)
        try await sample.pull(nil, variables(proxy, login: "me:s%40cret@"))
        #expect(try sample.isWhole)
        #expect(proxy.requests.allSatisfy { $0.authorization == login })
        #expect(sample.hub.requests.allSatisfy { $0.authorization == nil })
        #expect(!sample.said.contains { $0.contains("cret") })
    }

    @Test func `407 asks for name and password, or refuses those it was given`() async throws {
        let sample = try await HubSample()
        let proxy = try await proxied(sample, authorization: login)
        let name = "127.0.0.1:\(proxy.port)"
        await #expect(throws: FetchError.proxyLogin(name, hadLogin: false, "http_proxy")) {
            try await sample.pull(nil, variables(proxy))
        }
        let error = await #expect(throws: FetchError.self) {
            try await sample.pull(nil, variables(proxy, login: "me:wrong@"))
        }
        #expect(error == .proxyLogin(name, hadLogin: true, "http_proxy"))
        #expect(error?.exitStatus == .unavailable)
        #expect(error?.what.contains("wrong") == false)
        #expect(sample.hub.requests.isEmpty && sample.nothingIsInstalled)
    }

    @Test func `a proxy that leads nowhere is named, with the host`() async throws {
        let sample = try await HubSample()
        let proxy = try await proxied(sample)
        proxy.refusal = 403
        await #expect(
            throws: FetchError.proxyRefused(
                "127.0.0.1:\(proxy.port)", host: "hub.example", "http_proxy")
        ) { try await sample.pull(nil, variables(proxy)) }
        proxy.refusal = nil
        try await sample.pull(nil, variables(proxy))
        #expect(try sample.isWhole)
    }

    @Test func `a proxy that is not there is named, not the host`() async throws {
        let sample = try await HubSample()
        let variables = ["HF_ENDPOINT": "http://hub.example", "HTTP_PROXY": "127.0.0.1:9"]
        await #expect(
            throws: FetchError.proxyUnreachable(
                "127.0.0.1:9", reason: "Connection refused", "HTTP_PROXY")
        ) { try await sample.pull(nil, variables, patience: HubSample.patience(retries: 0)) }
    }

    @Test func `this machine and those in NO_PROXY are asked directly`() async throws {
        let sample = try await HubSample()
        try await sample.pull(nil, ["http_proxy": "http://127.0.0.1:9"])
        #expect(try sample.isWhole)
        await #expect(throws: FetchError.unknownHost("hub.invalid")) {
            try await sample.pull(
                "hf:No/model",
                [
                    "HF_ENDPOINT": "http://hub.invalid", "http_proxy": "http://127.0.0.1:9",
                    "NO_PROXY": "elsewhere, .invalid",
                ], patience: HubSample.patience(retries: 0))
        }
    }

    @Test(.enabled(if: Certificate.isPossible, Certificate.absence))
    func `what goes through a proxy is encrypted for the hub, which is checked`() async throws {
        let certificate = try Certificate(for: "DNS:hub.example")
        let hub = try await TestHub(
            [HubRepository("Some/model", files: ["config.json": [1]], large: [])],
            tls: certificate.context)
        let proxy = try await TestProxy(
            leadingTo: ["hub.example": hub.port, "other.example": hub.port])
        let folder = try TemporaryFolder()
        func pull(_ host: String) async throws {
            _ = try await Pull(
                environment: [
                    "CURBCUT_MODELS": folder.path, "HF_ENDPOINT": "https://\(host)",
                    "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)",
                    "SSL_CERT_FILE": certificate.path,
                ], patience: HubSample.patience(retries: 0))(
                    ModelReference("hf:Some/model"), PullProgress("x", isWanted: false) { _ in })
        }
        // The listing came.
        await #expect(throws: NeededFilesError.self) { try await pull("hub.example") }
        await #expect(
            throws: FetchError.certificate(
                host: "other.example", reason: "its certificate is for another name")
        ) { try await pull("other.example") }
        #expect(proxy.requests.map(\.target) == ["hub.example:443", "other.example:443"])
    }
}
