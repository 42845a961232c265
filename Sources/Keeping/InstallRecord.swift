import Inference
import ToolKit

/// What is written beside a model when it is installed: where it came from, and what its files are.
package struct InstallRecord: Sendable, Equatable {
    package struct File: Sendable, Equatable {
        package let name: String
        package let byteCount: Int
        package let digest: FileDigest

        package init(name: String, byteCount: Int, digest: FileDigest) {
            self.name = name
            self.byteCount = byteCount
            self.digest = digest
        }
    }

    /// Its name inside the model's folder.
    package static let fileName = "curbcut.json"

    /// "https://huggingface.co/openai/whisper-base", or the path that it was imported from.
    package let source: String
    /// The commit; nil where it was imported.
    package let revision: String?
    /// As its publisher names it; nil where nobody said.
    package let licence: String?
    package let files: [File]

    package init(source: String, revision: String?, licence: String?, files: [File]) {
        self.source = source
        self.revision = revision
        self.licence = licence
        self.files = files
    }

    package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}

extension InstallRecord {
    package var bytes: [UInt8] {
        let files = files.map { file in
            JSON.object([
                ("name", .string(file.name)), ("bytes", .int(file.byteCount)),
                ("digest", .string(file.digest.hexDigits)),
            ])
        }
        let record = JSON.object([
            ("format", .int(1)), ("source", .string(source)),
            ("revision", revision.map(JSON.string) ?? .null),
            ("licence", licence.map(JSON.string) ?? .null), ("files", .array(files)),
        ])
        return Array((record.line + "\n").utf8)
    }

    /// The record of a model; nil where there is none, or none that can be read, and then the model
    /// is one that nobody here installed.
    package init?(folder: String) {
        guard let bytes = try? Disk.contents(folder + "/" + InstallRecord.fileName),
            let value = try? JSONValue(parsing: bytes), value["format"]?.integer == 1,
            let source = value["source"]?.string, let listed = value["files"]?.array
        else { return nil }
        let files = listed.compactMap { file -> File? in
            guard let name = file["name"]?.string, let byteCount = file["bytes"]?.integer,
                let digest = file["digest"]?.string.flatMap(FileDigest.init),
                !name.contains("/"), !name.hasPrefix(".")
            else { return nil }
            return File(name: name, byteCount: byteCount, digest: digest)
        }
        guard files.count == listed.count else { return nil }
        self.init(
            source: source, revision: value["revision"]?.string,
            licence: value["licence"]?.string, files: files)
    }
}
