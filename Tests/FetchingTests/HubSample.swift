import Fetching
import Keeping
import Signals
import Synchronization
import TestHub
import TestKit

/// A hub with one model, and a store to fetch it into.
struct HubSample {
    let hub: TestHub
    let folder: TemporaryFolder
    let weights: [UInt8]
    let name = "Some/model"
    private let lines = Lines()

    /// - Parameters:
    ///   - weightCount: bytes of the weights, which are noise: nobody here computes with them
    ///   - licence: as the card declares it
    ///   - changes: files that are other, or nil for missing
    /// - Throws: where no server or folder can be had.
    init(
        weightCount: Int = 40_000, licence: String? = "mit", changes: [String: [UInt8]?] = [:]
    ) async throws {
        var generator = SystemRandomNumberGenerator()
        weights = (0..<weightCount).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        var files: [String: [UInt8]?] = [
            "model.safetensors": weights,
            "config.json": Array(#"{"architectures":["WhisperForConditionalGeneration"]}"#.utf8),
            "tokenizer.json": Array("{}".utf8), "README.md": Array("# A model\n".utf8),
            "pytorch_model.bin": [0x80, 2], "flax_model.msgpack": [1],
        ]
        files.merge(changes) { $1 }
        hub = try await TestHub([
            HubRepository(
                name, licence: licence, files: files.compactMapValues { $0 },
                large: ["model.safetensors", "pytorch_model.bin"])
        ])
        folder = try TemporaryFolder()
    }

    final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    /// What was said.
    var said: [String] { lines.all.withLock { $0 } }

    var store: String { folder.path + "/models" }
    var installed: String { store + "/" + name }
    var stage: String { store + "/Some/.model.part" }

    func environment(_ more: [String: String] = [:]) -> [String: String] {
        [
            "HOME": folder.path, "CURBCUT_MODELS": store, "HF_ENDPOINT": hub.endpoint,
        ].merging(more) { $1 }
    }

    /// A short patience: tests do not wait.
    static func patience(retries: Int = 3, silenceSeconds: Int = 60) -> Patience {
        Patience(
            connectSeconds: 60, silenceSeconds: silenceSeconds, retries: retries,
            firstDelay: .milliseconds(1))
    }

    @discardableResult
    func pull(
        _ reference: String? = nil, _ more: [String: String] = [:], mirror: String? = nil,
        accepting: Bool = false, patience: Patience = HubSample.patience()
    ) async throws -> PulledModel {
        let reference = try ModelReference(reference ?? "hf:" + name)
        let pull = Pull(
            environment: environment(more), mirror: mirror, acceptsLicence: accepting,
            patience: patience)
        let lines = lines
        return try await pull(
            reference,
            PullProgress(reference.name, isWanted: false) { line in
                lines.all.withLock { $0.append(line) }
            })
    }

    /// True where the model is there, and every byte is right.
    var isWhole: Bool {
        get throws {
            guard let record = InstallRecord(folder: installed) else { return false }
            let faults = record.files.compactMap { ModelCheck.fault(of: $0, in: installed) }
            return try faults.isEmpty
                && Disk.contents(installed + "/model.safetensors") == weights
        }
    }

    /// Neither the model nor anything that could be taken for it.
    var nothingIsInstalled: Bool {
        folderNames(in: store).allSatisfy { $0 == "Some" }
            && folderNames(in: store + "/Some").allSatisfy { $0.hasPrefix(".") }
    }
}
