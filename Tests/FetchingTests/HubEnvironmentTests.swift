import Fetching
import Keeping
import Signals
import TestHub
import TestKit
import Testing

/// What Hugging Face's own programs read, read here too.
@Suite struct HubEnvironmentTests {
    private func authorizations(
        _ variables: [String: String], files: [String: String] = [:]
    ) async throws -> Set<String?> {
        let sample = try await HubSample()
        for (name, text) in files { try sample.folder.write(name, text) }
        let variables = variables.mapValues { $0.replacing("FOLDER", with: sample.folder.path) }
        try await sample.pull(nil, variables)
        return Set(sample.hub.requests.filter { !$0.isStorage }.map(\.authorization))
    }

    @Test(arguments: [
        ([:], ".cache/huggingface/token"),
        (["XDG_CACHE_HOME": "FOLDER/xdg"], "xdg/huggingface/token"),
        (["HF_HOME": "FOLDER/hf"], "hf/token"), (["HF_HOME": "~/hf"], "hf/token"),
        (["HF_TOKEN_PATH": "FOLDER/my-token"], "my-token"),
        (["HF_TOKEN": ""], ".cache/huggingface/token"),
    ])
    func `a token that was stored by hf auth login is sent`(
        variables: [String: String], file: String
    ) async throws {
        let sent = try await authorizations(variables, files: [file: "hf_stored\n"])
        #expect(sent == ["Bearer hf_stored"])
    }

    @Test(arguments: [
        (["HF_TOKEN": "hf_mine"], "Bearer hf_mine"), (["HF_TOKEN": " hf_mine\n"], "Bearer hf_mine"),
        (["HUGGING_FACE_HUB_TOKEN": "hf_old"], "Bearer hf_old"),
        (["HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"], nil),
        (["HF_TOKEN_PATH": "/nowhere"], nil),
    ])
    func `a variable counts before the stored token, which can be left out`(
        variables: [String: String], expected: String?
    ) async throws {
        let files = [".cache/huggingface/token": "hf_stored"]
        #expect(try await authorizations(variables, files: files) == [expected])
    }

    @Test func `a refused token is named by where it is from`() async throws {
        let sample = try await HubSample()
        let file = try sample.folder.write(".cache/huggingface/token", "hf_stored")
        sample.hub.script.token = "right"
        await #expect(
            throws: FetchError.notSignedIn("Some/model", host: "127.0.0.1", tokenFrom: file)
        ) { try await sample.pull() }
    }

    @Test func `a stored token stays away from a connection that others can read`() throws {
        let folder = try TemporaryFolder()
        try folder.write(".cache/huggingface/token", "hf_stored")
        let variables = ["HOME": folder.path, "HF_ENDPOINT": "http://hub.example"]
        #expect(throws: Never.self) { try Hub(environment: variables) }
    }

    @Test(arguments: [
        (["HF_HUB_OFFLINE": "1"], "HF_HUB_OFFLINE"),
        (["TRANSFORMERS_OFFLINE": "true"], "TRANSFORMERS_OFFLINE"),
        (["HF_HUB_OFFLINE": "0"], nil), (["HF_HUB_OFFLINE": "1", "CURBCUT_OFFLINE": "0"], nil),
    ])
    func `offline for Hugging Face's programs is offline here`(
        variables: [String: String], forbidding: String?
    ) async throws {
        let sample = try await HubSample()
        guard let forbidding else {
            try await sample.pull(nil, variables)
            return
        }
        let error = await #expect(throws: FetchError.offline(forbidding)) {
            try await sample.pull(nil, variables)
        }
        #expect(error?.remedy == "to fetch, type: \(forbidding)=0 curbcut pull NAME")
        #expect(sample.hub.requests.isEmpty)
    }

    @Test func `small files are fetched from where a relative address leads, with the token`()
        async throws
    {
        let sample = try await HubSample()
        try await sample.pull(nil, ["HF_TOKEN": "hf_mine"])
        let cached = sample.hub.requests.filter { $0.path.hasPrefix("/api/resolve-cache/models/") }
        #expect(cached.count == 3)
        #expect(cached.allSatisfy { $0.authorization == "Bearer hf_mine" })
    }

    @Test func `a repository that was renamed is followed`() async throws {
        let sample = try await HubSample()
        sample.hub.script.renamed = ("Old/name", "Some/model")
        let pulled = try await sample.pull("hf:Old/name")
        #expect(pulled.name == "Old/name" && pulled.revision?.hasPrefix("c0ffee00") == true)
        #expect(try Disk.contents(pulled.path + "/model.safetensors") == sample.weights)
    }

    @Test func `files with odd names come whole`() async throws {
        let name = "LICENSE (1) é+%20&#?.txt"
        let sample = try await HubSample(changes: [name: Array("terms".utf8)])
        try await sample.pull()
        let found = try Disk.contents(sample.installed + "/" + name)
        #expect(String(decoding: found, as: UTF8.self) == "terms")
    }
}
