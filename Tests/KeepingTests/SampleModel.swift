import Foundation
import Keeping
import ModelStore
import TestKit

/// A store of a test's own, and the smallest model that loads.
struct SampleStore {
    let folder: TemporaryFolder
    let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path, "CURBCUT_MODELS": folder.path + "/models"]
    }

    var store: Store {
        get throws { try Store(environment: environment) }
    }

    static let source = Repository.fixtures + "/whisper-tiny"

    /// A copy of the sample model.
    @discardableResult
    func copySample(to name: String) throws -> String {
        let path = folder.path + "/" + name
        try FileManager.default.createDirectory(
            atPath: Disk.parent(of: path), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Self.source, toPath: path)
        return path
    }

    /// The sample model, imported into the store under a name.
    @discardableResult
    func install(_ name: String) async throws -> String {
        let plan = try Importing.plan(Self.source, name: name, wantsLink: false)
        return try await Importing.perform(plan, in: store, onWait: {})
    }

    func find(_ name: String) throws -> ModelFolder {
        try ModelStore.folder(named: name, environment: environment)
            .keepingFiles(as: environment)
    }

    func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
        var bytes = try Disk.contents(path)
        body(&bytes)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
