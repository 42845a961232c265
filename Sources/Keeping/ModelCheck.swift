import Inference
import ModelStore
import Models
import Signals

/// Whether a model's files are those that its publisher gave, read from the first byte to the last.
package struct ModelCheck: Sendable, Equatable {
    package enum Fault: Sendable, Equatable {
        case missing(String)
        case wrongSize(String, expected: Int, found: Int)
        case wrongDigest(String)
        case unreadable(String, reason: String)
        /// A configuration or a header that no loader takes.
        case unfit(String)
        case keptFile(path: String, PreparedFault)

        package var sentence: String {
            switch self {
            case .missing(let file): "\(file) is missing"
            case .wrongSize(let file, let expected, let found):
                "\(file) has \(found) bytes instead of \(expected)"
            case .wrongDigest(let file): "\(file) is damaged: its digest is another"
            case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
            case .unfit(let what): what
            case .keptFile(let path, let fault): PreparedFileError(path: path, fault: fault).what
            }
        }
    }

    package let name: String
    package let path: String
    package let keeper: ModelKeeper
    /// Files whose digest is known, and was compared.
    package let comparedCount: Int
    /// Files of packed weights that were read.
    package let packedCount: Int
    package let faults: [Fault]

    package var isWhole: Bool { faults.isEmpty }

    /// What to type so that it is whole again; nil where only whoever made the model knows.
    package var mend: String? {
        let packed = faults.compactMap { fault -> String? in
            if case .keptFile(let path, _) = fault { path } else { nil }
        }
        if packed.count == faults.count {
            return "rm \(packed.joined(separator: " ")), and the next start packs anew"
        }
        guard keeper == .store else { return nil }
        return Catalogue.entry(named: name)?.pulledAs.map { "curbcut pull \($0)" }
    }

    /// - Parameters:
    ///   - folder: an installed model, which knows where files made from it are kept
    ///   - environment: the variables that say where the store is.
    package init(_ folder: ModelFolder, environment: [String: String]) {
        name = folder.name
        path = folder.path
        keeper = ModelStore.keeper(of: folder, environment: environment)
        let record = InstallRecord(folder: folder.path)
        let listed = record?.files ?? ModelCheck.namedByDigest(in: folder.path)
        comparedCount = listed.count
        let packed = Catalogue.preparedPaths(of: folder)
        packedCount = packed.count
        faults =
            listed.compactMap { ModelCheck.fault(of: $0, in: folder.path) }
            // What a publisher gave is whole; of other models only a loader knows what they lack.
            + (record == nil ? ModelCheck.loadingFaults(folder) : [])
            + packed.compactMap(ModelCheck.packedFault)
    }

    /// Reads a file whole.
    package static func fault(of file: InstallRecord.File, in folder: String) -> Fault? {
        if let fault = sizeFault(of: file, in: folder) { return fault }
        do {
            let digest = try FileDigest.of(folder + "/" + file.name, like: file.digest)
            return digest == file.digest ? nil : .wrongDigest(file.name)
        } catch {
            return .unreadable(file.name, reason: error.words)
        }
    }

    /// Looks whether a file is there and as long as it should be.
    static func sizeFault(of file: InstallRecord.File, in folder: String) -> Fault? {
        guard let size = Disk.size(folder + "/" + file.name) else { return .missing(file.name) }
        return file.byteCount == size
            ? nil : .wrongSize(file.name, expected: file.byteCount, found: size)
    }

    /// Files of the Hugging Face cache: links to files that are named by their digest.
    private static func namedByDigest(in folder: String) -> [InstallRecord.File] {
        folderNames(in: folder).compactMap { name in
            guard let target = Disk.target(ofLink: folder + "/" + name),
                let digest = target.split(separator: "/").last.flatMap({ FileDigest(String($0)) })
            else { return nil }
            return InstallRecord.File(
                name: name, byteCount: Disk.size(folder + "/" + name) ?? 0, digest: digest)
        }
    }

    /// What a loader would say of headers and configuration.
    private static func loadingFaults(_ folder: ModelFolder) -> [Fault] {
        do {
            if let file = folder.path(of: ModelFolder.ggmlFile) {
                _ = try GgmlFile(path: file)
            } else if try Catalogue.task(of: folder) == .detecting {
                _ = try Silero.Detector(folder: folder)
            } else {
                _ = try Checkpoint(folder: folder.path)
            }
            return []
        } catch let error as any Explained {
            return [.unfit(error.what)]
        } catch {
            return [.unfit("\(error)")]
        }
    }

    private static func packedFault(_ path: String) -> Fault? {
        do throws(PreparedFault) {
            try PreparedFile(path: path).verify()
            return nil
        } catch {
            // A file of another version is none of this program's.
            if case .version = error { return nil }
            return .keptFile(path: path, error)
        }
    }
}
