import Fetching
import Keeping
import Signals
import TestHub
import TestKit
import Testing

/// Fetches that go on where they stopped.
@Suite struct PullResumeTests {
    /// A connection that breaks off at every kilobyte of the weights, one run each.
    @Test func `a fetch that was cut at any kilobyte is completed by the next one`() async throws {
        for cut in stride(from: 0, through: 24_576, by: 1_024) {
            let sample = try await HubSample(weightCount: 25_000)
            sample.hub.script.cutAfter = cut
            // Cut before the first byte of a small file, nothing else is asked for.
            let error = await #expect(throws: FetchError.self) {
                try await sample.pull(patience: HubSample.patience(retries: 0))
            }
            #expect(sample.nothingIsInstalled)
            if cut > 0 {
                #expect(
                    error == .cutOff("model.safetensors", received: cut, of: 25_000),
                    "cut at \(cut)")
            }
            sample.hub.script = HubScript()
            sample.hub.forgetRequests()
            try await sample.pull()
            #expect(try sample.isWhole, "cut at \(cut)")
            let ranges = sample.hub.requests.filter(\.isStorage).map(\.range)
            #expect(ranges == [cut > 0 ? "bytes=\(cut)-" : nil], "cut at \(cut)")
        }
    }

    @Test func `a connection that breaks off again and again is taken up as long as bytes come`()
        async throws
    {
        let sample = try await HubSample(weightCount: 40_000)
        sample.hub.script.cutAfter = 3_000
        try await sample.pull(patience: HubSample.patience(retries: 1))
        #expect(try sample.isWhole)
        #expect(sample.hub.requests.count(where: \.isStorage) == 14)
    }

    @Test func `a server without ranges sends the file again`() async throws {
        let sample = try await HubSample()
        sample.hub.script.cutAfter = 10_000
        await #expect(throws: FetchError.self) {
            try await sample.pull(patience: HubSample.patience(retries: 0))
        }
        sample.hub.script = HubScript()
        sample.hub.script.ignoresRanges = true
        try await sample.pull()
        #expect(try sample.isWhole)
    }

    @Test func `a server that sends another part than was asked for is not believed`() async throws
    {
        let sample = try await HubSample()
        sample.hub.script.cutAfter = 10_000
        await #expect(throws: FetchError.self) {
            try await sample.pull(patience: HubSample.patience(retries: 0))
        }
        sample.hub.script = HubScript()
        sample.hub.script.shiftsRanges = true
        // The part is thrown away, and the next request asks for the whole.
        try await sample.pull()
        #expect(try sample.isWhole)
    }

    @Test(arguments: [0, 1, 39_999, 40_000, 50_000])
    func `what an earlier run left of another file is found out and fetched again`(
        count: Int
    ) async throws {
        let sample = try await HubSample()
        try sample.folder.write(
            "models/Some/.model.part/model.safetensors.part", [UInt8](repeating: 3, count: count))
        try await sample.pull()
        #expect(try sample.isWhole)
    }

    @Test func `a finished file of another revision is not taken for one of this`() async throws {
        let sample = try await HubSample()
        try sample.folder.write(
            "models/Some/.model.part/model.safetensors", [UInt8](repeating: 3, count: 40_000))
        try sample.folder.write("models/Some/.model.part/generation_config.json", "{}")
        try await sample.pull()
        #expect(try sample.isWhole)
        #expect(!folderNames(in: sample.installed).contains("generation_config.json"))
    }

    @Test func `a slow server is waited for`() async throws {
        let sample = try await HubSample(weightCount: 60_000)
        sample.hub.script.bytesPerSecond = 100_000
        try await sample.pull(patience: HubSample.patience(retries: 0, silenceSeconds: 60))
        #expect(try sample.isWhole)
    }
}
