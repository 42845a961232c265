import Fetching
import Keeping
import NIOSSL
import TestHub
import TestKit
import Testing

/// Encrypted connections.
@Suite(.enabled(if: Certificate.isPossible, Certificate.absence)) struct PullCertificateTests {
    private func pull(
        _ certificate: Certificate, trusting trusted: Certificate?
    ) async throws -> Bool {
        let hub = try await TestHub(
            [HubRepository("Some/model", files: ["config.json": [1]], large: [])],
            tls: certificate.context)
        let folder = try TemporaryFolder()
        var environment = ["CURBCUT_MODELS": folder.path, "HF_ENDPOINT": hub.endpoint]
        environment["SSL_CERT_FILE"] = trusted?.path
        do {
            _ = try await Pull(environment: environment, patience: HubSample.patience(retries: 0))(
                ModelReference("hf:Some/model"), PullProgress("x", isWanted: false) { _ in })
        } catch is NeededFilesError {
            // The listing came.
            return true
        }
        return false
    }

    @Test func `a certificate that matches and is trusted is let through`() async throws {
        let good = try Certificate(for: "IP:127.0.0.1")
        #expect(try await pull(good, trusting: good))
    }

    @Test func `a certificate for another name is refused, with the cause`() async throws {
        let other = try Certificate(for: "DNS:elsewhere.example")
        await #expect(
            throws: FetchError.certificate(
                host: "127.0.0.1", reason: "its certificate is for another name")
        ) { try await pull(other, trusting: other) }
    }

    @Test func `a certificate that nobody known has signed is refused, with the cause`()
        async throws
    {
        let unknown = try Certificate(for: "IP:127.0.0.1")
        let error = await #expect(throws: FetchError.self) {
            try await pull(unknown, trusting: nil)
        }
        #expect(error?.what.contains("signed by nobody whom this machine knows") == true)
        #expect(error?.remedy.contains("SSL_CERT_FILE") == true)
    }
}

/// A key and a certificate that it signed itself, made by OpenSSL's program.
final class Certificate: Sendable {
    private let folder: TemporaryFolder
    var path: String { folder.path + "/certificate.pem" }

    static let absence: Comment = "the program openssl is not installed"
    static let isPossible = Disk.size("/usr/bin/openssl") != nil

    /// For a name as OpenSSL writes an alternative one, "DNS:elsewhere.example".
    init(for name: String) throws {
        folder = try TemporaryFolder()
        let run = try ToolRun.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", folder.path + "/key.pem", "-out", folder.path + "/certificate.pem",
                "-days", "2", "-subj", "/CN=Curbcut test", "-addext", "subjectAltName=" + name,
            ])
        try #require(run.status == 0, "\(run)")
    }

    var context: NIOSSLContext {
        get throws {
            let chain = try NIOSSLCertificate.fromPEMFile(path).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: folder.path + "/key.pem", format: .pem)
            return try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: chain, privateKey: .privateKey(key)))
        }
    }
}
