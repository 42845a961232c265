import Fetching
import Keeping
import Models
import Signals
import TestHub
import TestKit
import Testing

/// A hub that refuses, stops, lies or leads astray.
///
/// After each failure nothing is installed, the sentence names the cause and what to do, and the same
/// command succeeds once the hub behaves.
@Suite struct PullFailureTests {
    private func fails(
        _ sample: HubSample, _ more: [String: String] = [:],
        patience: Patience = HubSample.patience(),
        _ expected: (FetchError) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let error = await #expect(throws: FetchError.self, sourceLocation: sourceLocation) {
            try await sample.pull(nil, more, patience: patience)
        }
        if let error {
            #expect(expected(error), "\(error)", sourceLocation: sourceLocation)
            #expect(!error.what.isEmpty && !error.remedy.isEmpty, sourceLocation: sourceLocation)
        }
        #expect(sample.nothingIsInstalled, sourceLocation: sourceLocation)
        sample.hub.script = HubScript()
        try await sample.pull()
        #expect(try sample.isWhole, sourceLocation: sourceLocation)
    }

    @Test(arguments: [HubScript.Target.listing, .file])
    func `401 says how to get in`(target: HubScript.Target) async throws {
        let sample = try await HubSample()
        sample.hub.script.standingRefusal = (target, .init(401))
        try await fails(sample) { error in
            if case .notSignedIn(_, _, tokenFrom: nil) = error { true } else { false }
        }
    }

    @Test func `401 in spite of a token blames the token`() async throws {
        let sample = try await HubSample()
        sample.hub.script.token = "right"
        try await fails(sample, ["HF_TOKEN": "wrong"]) { error in
            if case .notSignedIn(_, _, tokenFrom: "HF_TOKEN") = error { true } else { false }
        }
    }

    @Test func `403 names the page where conditions are accepted`() async throws {
        let sample = try await HubSample()
        sample.hub.script.standingRefusal = (.listing, .init(403))
        try await fails(sample) { $0.remedy.contains("/Some/model and export HF_TOKEN") }
    }

    @Test func `404 of a repository, of a revision and of a file are told apart`() async throws {
        let sample = try await HubSample()
        await #expect(throws: FetchError.notFound("No/model", host: "127.0.0.1")) {
            try await sample.pull("hf:No/model")
        }
        await #expect(throws: FetchError.noRevision("Some/model", host: "127.0.0.1")) {
            try await sample.pull("hf:Some/model@v9")
        }
        sample.hub.script.standingRefusal = (.storage, .init(404))
        try await fails(sample) { $0 == .notFound("model.safetensors", host: "localhost") }
    }

    @Test(arguments: [500, 502, 503, 504, 429, 408])
    func `trouble that passes is waited for`(status: Int) async throws {
        let sample = try await HubSample()
        let refusal = HubScript.Refusal(status, status == 429 ? [("Retry-After", "0")] : [])
        sample.hub.script.refusals = [
            (.listing, refusal), (.file, refusal), (.storage, refusal), (.storage, refusal),
        ]
        try await sample.pull()
        #expect(try sample.isWhole)
        #expect(sample.said.filter { $0.contains("trying again") }.count == 4)
    }

    @Test(arguments: [500, 503])
    func `trouble that does not pass ends`(status: Int) async throws {
        let sample = try await HubSample()
        sample.hub.script.standingRefusal = (.storage, .init(status))
        try await fails(sample) {
            $0 == .serverFault(host: "localhost", status: status, seconds: nil)
        }
    }

    @Test func `a server that asks to wait long is not waited for, and the wait is said`()
        async throws
    {
        let sample = try await HubSample()
        sample.hub.script.standingRefusal = (.file, .init(429, [("Retry-After", "3600")]))
        try await fails(sample) { $0.what.hasSuffix("asks to wait 3600 seconds") }
    }

    @Test func `a date to come back at is understood`() async throws {
        let sample = try await HubSample()
        let past = "Wed, 21 Oct 2015 07:28:00 GMT"
        sample.hub.script.refusals = [(.file, .init(503, [("Retry-After", past)]))]
        try await sample.pull()
        #expect(try sample.isWhole)
    }

    @Test func `a wrong digest is never installed, after a second try`() async throws {
        let sample = try await HubSample()
        sample.hub.script.spoiledBodies = (.file, .max)
        try await fails(sample) { error in
            if case .wrongDigest(_, _, "git digest") = error { true } else { false }
        }
        let second = try await HubSample(changes: ["README.md": nil])
        second.hub.script.spoiledBodies = (.storage, 1)
        try await second.pull()
        #expect(try second.isWhole)
    }

    @Test func `a wrong digest of the weights is found though no digest is listed`() async throws {
        let sample = try await HubSample()
        sample.hub.script.listsDigests = false
        sample.hub.script.spoiledBodies = (.storage, .max)
        try await fails(sample) { error in
            if case .wrongDigest("model.safetensors", _, "SHA-256") = error { true } else { false }
        }
    }

    @Test(arguments: [-1, 1, 1000])
    func `another length than is listed is said`(change: Int) async throws {
        let sample = try await HubSample()
        sample.hub.script.lengthChange = change
        try await fails(sample) { error in
            if case .wrongSize(_, _, let expected, let found) = error {
                found == expected + change
            } else {
                false
            }
        }
    }

    @Test func `a server that falls silent is left after a while`() async throws {
        let sample = try await HubSample()
        sample.hub.script.stallAfter = 1_000
        let patience = HubSample.patience(retries: 0, silenceSeconds: 1)
        try await fails(sample, patience: patience) { error in
            if case .silent(_, seconds: 1) = error { true } else { false }
        }
    }

    @Test func `a server that is not there is said to be unreachable`() async throws {
        let sample = try await HubSample()
        try await fails(sample, ["HF_ENDPOINT": "http://127.0.0.1:9"]) {
            $0 == .unreachable(host: "127.0.0.1", reason: "Connection refused")
        }
        let other = try await HubSample()
        try await fails(other, ["HF_ENDPOINT": "http://no-such-host.invalid"]) {
            $0 == .unknownHost("no-such-host.invalid")
        }
    }

    @Test(arguments: ["ftp://elsewhere/x", "", "http://[", "/loop"])
    func `a redirect to nowhere is not followed`(location: String) async throws {
        let sample = try await HubSample()
        sample.hub.script.redirect = location == "/loop" ? nil : location
        if location == "/loop" {
            sample.hub.script.standingRefusal = (.file, .init(302, [("location", "/loop")]))
        }
        try await fails(sample) { $0 == .badRedirect(host: "127.0.0.1") }
    }

    @Test func `a listing that is none is said`() async throws {
        let sample = try await HubSample()
        sample.hub.script.standingRefusal = (.listing, .init(200))
        try await fails(sample) { $0 == .badListing("Some/model", host: "127.0.0.1") }
    }

    @Test func `an architecture that nobody here computes costs one small file`() async throws {
        let config = #"{"architectures":["GPT2LMHeadModel"]}"#
        let sample = try await HubSample(changes: ["config.json": Array(config.utf8)])
        await #expect(throws: ModelError.self) { try await sample.pull() }
        #expect(!sample.hub.requests.contains { $0.path.contains("model.safetensors") })
        #expect(folderNames(in: sample.store + "/Some").isEmpty)
    }

    @Test func `a repository with pickle only is refused, and why`() async throws {
        let sample = try await HubSample(changes: ["model.safetensors": nil])
        let error = await #expect(throws: NeededFilesError.self) { try await sample.pull() }
        #expect(error?.what.contains("pytorch_model.bin is not taken") == true)
        #expect(sample.hub.requests.count == 1)
    }

    @Test(arguments: ["cc-by-nc-4.0", "other", nil])
    func `terms that are not open have to be accepted`(licence: String?) async throws {
        let sample = try await HubSample(licence: licence)
        await #expect(throws: LicenceError.self) { try await sample.pull() }
        #expect(sample.hub.requests.count == 1)
        #expect(sample.nothingIsInstalled)
        try await sample.pull(accepting: true)
        #expect(try sample.isWhole)
    }

    @Test func `CURBCUT_OFFLINE refuses what is not there`() async throws {
        let sample = try await HubSample()
        await #expect(throws: FetchError.offline("CURBCUT_OFFLINE")) {
            try await sample.pull(nil, ["CURBCUT_OFFLINE": "1"])
        }
        #expect(sample.hub.requests.isEmpty)
        try await sample.pull()
        #expect(try await sample.pull(nil, ["CURBCUT_OFFLINE": "1"]).wasThere)
    }

    @Test(arguments: [
        "hub.example", "ftp://hub.example", "https://", "https://a b", "https://me:secret@hub",
        "https://hub/?x=1",
    ])
    func `an endpoint that is no address is a wrong command line`(text: String) throws {
        let error = #expect(throws: FetchError.self) {
            try Hub(environment: ["HF_ENDPOINT": text])
        }
        #expect(error?.exitStatus == .usage)
    }

    @Test func `a token is sent over plain HTTP to this machine only`() throws {
        #expect(throws: FetchError.tokenInTheClear("http://hub.example")) {
            _ = try Hub(environment: ["HF_ENDPOINT": "http://hub.example", "HF_TOKEN": "x"])
        }
        #expect(throws: Never.self) {
            _ = try Hub(environment: ["HF_ENDPOINT": "http://localhost:80", "HF_TOKEN": "x"])
            _ = try Hub(environment: ["HF_ENDPOINT": "https://hub.example", "HF_TOKEN": "x"])
        }
        #expect(throws: FetchError.badToken("HF_TOKEN")) {
            try Hub(environment: ["HF_TOKEN": "x\r\ny: z"])
        }
    }
}
