import Fetching
import Glibc
import Keeping
import TestHub
import TestKit
import Testing

/// A disk that is too small.
@Suite(.enabled(if: SmallDisk.isPossible, SmallDisk.absence)) struct PullDiskTests {
    @Test func `a full disk is known before the first byte of the weights`() async throws {
        let sample = try await HubSample(weightCount: 3_000_000)
        let disk = try SmallDisk(kilobytes: 1_024)
        let error = await #expect(throws: KeepingError.self) {
            try await sample.pull(nil, ["CURBCUT_MODELS": disk.path])
        }
        guard case .full(_, let needed?, let free?) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(needed > 3_000_000 && free <= 1_048_576)
        #expect(!sample.hub.requests.contains { $0.path.contains("/resolve/") })
    }

    @Test func `a disk that fills up meanwhile keeps what came, and the next run goes on`()
        async throws
    {
        let sample = try await HubSample(weightCount: 3_000_000)
        let disk = try SmallDisk(kilobytes: 4_096)
        // Nobody lists how much comes, so that nothing is known before.
        sample.hub.script.listsDigests = false
        let other = disk.path + "/other"
        try Disk.write([UInt8](repeating: 1, count: 2_000_000), to: other)
        let error = await #expect(throws: KeepingError.self) {
            try await sample.pull(nil, ["CURBCUT_MODELS": disk.path])
        }
        #expect(error?.what.hasSuffix(" is full") == true)
        Disk.remove(other)
        sample.hub.forgetRequests()
        let pulled = try await sample.pull(nil, ["CURBCUT_MODELS": disk.path])
        #expect(try Disk.contents(pulled.path + "/model.safetensors") == sample.weights)
        let range = sample.hub.requests.first(where: \.isStorage)?.range
        #expect(range?.hasPrefix("bytes=") == true)
    }
}

/// A file system in memory, with little room, unmounted when it is let go of.
final class SmallDisk: Sendable {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    static let absence: Comment = "this user may not mount a small file system"
    static let isPossible: Bool = {
        do {
            _ = try SmallDisk(kilobytes: 64)
            return true
        } catch {
            return false
        }
    }()

    init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        let run = try ToolRun.run(
            "/bin/mount",
            ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path])
        guard run.status == 0 else { throw NotMounted() }
    }

    struct NotMounted: Error {}

    deinit {
        // Safe: the string lives through the call.
        _ = unsafe umount2(folder.path, Int32(MNT_DETACH))
    }
}
