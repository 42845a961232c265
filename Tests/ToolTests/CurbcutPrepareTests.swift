import Foundation
import TestKit
import Testing

/// Weights packed before their first use: of a tiny model with a vocabulary so long that it pays.
@Suite struct CurbcutPrepareTests {
    let folder: TemporaryFolder
    private let model: String

    init() throws {
        folder = try TemporaryFolder()
        model = folder.path + "/models/wide"
        try WideModel.write(to: folder.path + "/source")
        let run = try curbcut(["import", folder.path + "/source", "--name", "wide"])
        try #require(run.status == 0, "\(run)")
    }

    private func variables(_ more: [String: String]) -> [String: String] {
        curbcutVariables(home: folder.path, endpoint: "http://127.0.0.1:9").merging(more) { $1 }
    }

    private func curbcut(
        _ arguments: [String], _ more: [String: String] = [:]
    ) throws -> ToolRun.Result {
        try ToolRun.run("curbcut", arguments, environment: variables(more))
    }

    /// The packed file that a run names.
    private func prepared(_ more: [String] = []) throws -> String {
        let run = try curbcut(["prepare", "wide"] + more)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        return String(run.text.dropLast())
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: model).sorted() }
    }

    private func change(_ path: String, _ body: (inout Data) -> Void) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        body(&bytes)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    @Test func `each precision that packs has a file of its own, beside the model`() throws {
        let files = try [prepared(), prepared(["--precision", "int4"])]
        #expect(files.allSatisfy { $0.hasPrefix(model + "/model.int") })
        #expect(Set(files).count == 2)
        let plain = try curbcut(["prepare", "wide", "--precision", "f32"])
        #expect(plain.status == 0 && plain.output.isEmpty)
        #expect(
            plain.errors.contains("wide is not packed for f32: its weights are used as they are"))
        let run = try curbcut(["verify", "wide"])
        #expect(run.text == "wide: whole, 5 files compared, 2 of packed weights read\n", "\(run)")
    }

    @Test func `killed at any moment, it leaves no file that a start would take`() throws {
        for _ in 0..<12 {
            var tool = try RunningTool("curbcut", ["prepare", "wide"], environment: variables([:]))
            usleep(UInt32.random(in: 0...250_000))
            tool.send(signal: 9)
            _ = try tool.finish()
            for name in try names where name.hasSuffix(".curbcut") {
                #expect(try curbcut(["verify", "wide"]).status == 0)
                try FileManager.default.removeItem(atPath: model + "/" + name)
            }
        }
        let file = try prepared()
        #expect(try names.filter { $0.hasPrefix(".") }.isEmpty)
        #expect(try curbcut(["verify", "wide"]).status == 0)
        #expect(FileManager.default.fileExists(atPath: file))
    }

    /// One of them may find the model's own folder taken, and pack into the cache.
    @Test func `two at once both end with a whole file`() throws {
        var first = try RunningTool("curbcut", ["prepare", "wide"], environment: variables([:]))
        var second = try RunningTool("curbcut", ["prepare", "wide"], environment: variables([:]))
        let runs = [try first.finish(), try second.finish()]
        #expect(runs.allSatisfy { $0.status == 0 && $0.text.hasSuffix(".curbcut\n") }, "\(runs)")
        #expect(try curbcut(["verify", "wide"]).status == 0)
    }

    @Test func `a damaged packed file is found by verify and made anew by prepare`() throws {
        let file = try prepared()
        try change(file) { $0[$0.count / 2] ^= 1 }
        let run = try curbcut(["verify", "wide"])
        #expect(run.status == 65)
        #expect(run.text.hasPrefix("Damaged, wide: \(file) is damaged: "), "\(run)")
        #expect(run.text.hasSuffix("; mend it with: rm \(file), and the next start packs anew\n"))
        #expect(try prepared() == file)
        #expect(try curbcut(["verify", "wide"]).status == 0)
        try change(file) { $0.removeLast($0.count / 2) }
        #expect(try curbcut(["verify", "wide"]).status == 65)
        #expect(try prepared() == file)
        #expect(try curbcut(["verify", "wide"]).status == 0)
    }

    @Test func `weights that changed make the packed file out of date, and prepare makes it anew`()
        throws
    {
        let file = try prepared()
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        try WideModel.write(to: folder.path + "/other", scale: 2)
        try FileManager.default.removeItem(atPath: model + "/model.safetensors")
        try FileManager.default.copyItem(
            atPath: folder.path + "/other/model.safetensors", toPath: model + "/model.safetensors")
        #expect(
            try curbcut(["doctor"]).text.contains(
                "Packed weights of wide for int8: out of date, so the next start makes them anew; "
                    + "mend it with: curbcut prepare wide --precision int8\n"))
        #expect(try prepared() == file)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) != before)
        #expect(try !curbcut(["doctor"]).text.contains("out of date"))
    }

    @Test
    func `a model of links is packed in the cache, and where that cannot be written that is said`()
        throws
    {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/source")
        let links = folder.path + "/models/links"
        try FileManager.default.createDirectory(atPath: links, withIntermediateDirectories: true)
        for name in names {
            try FileManager.default.createSymbolicLink(
                atPath: links + "/" + name, withDestinationPath: folder.path + "/source/" + name)
        }
        let run = try curbcut(["prepare", "links"])
        #expect(run.text.hasPrefix(folder.path + "/.cache/curbcut/prepared/links-"), "\(run)")
        let file = try folder.write("file", "")
        let refused = try curbcut(["prepare", "links"], ["XDG_CACHE_HOME": file])
        expectOneSentence(refused, of: "curbcut", status: 74)
        #expect(refused.errors.contains("packed weights cannot be kept: \(file)/curbcut/"))
        let off = try curbcut(["prepare", "links"], ["CURBCUT_PREPARED": "off"])
        #expect(off.status == 0 && off.errors.contains("CURBCUT_PREPARED is off"), "\(off)")
    }
}

/// The tiny Whisper of the fixtures with a vocabulary of 560,000 rows, most of them zero.
private enum WideModel {
    private static let rows = 560_000

    static func write(to folder: String, scale: UInt8 = 0) throws {
        let files = FileManager.default
        let source = Repository.fixtures + "/whisper-tiny"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["generation_config.json", "preprocessor_config.json", "tokenizer.json"] {
            try files.copyItem(atPath: source + "/" + name, toPath: folder + "/" + name)
        }
        let config = try contents(source + "/config.json")
        let text = String(decoding: config, as: UTF8.self)
            .replacing("\"vocab_size\": 2008", with: "\"vocab_size\": \(rows)")
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
        try widened(contents(source + "/model.safetensors"), scale)
            .write(to: URL(fileURLWithPath: folder + "/model.safetensors"))
    }

    private static func contents(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// A safetensors file whose matrix of tokens has more rows, which are the byte over and over.
    private static func widened(_ file: Data, _ filling: UInt8) throws -> Data {
        let length = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) }
        let header = try #require(
            JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: Any])
        let data = file[(8 + length)...]
        var (all, blob) = ([String: Any](), Data())
        for (name, value) in header.sorted(by: { $0.key < $1.key }) {
            guard var entry = value as? [String: Any], let type = entry["dtype"] as? String,
                let offsets = entry["data_offsets"] as? [Int], let shape = entry["shape"] as? [Int]
            else { continue }
            var bytes = Data(
                data[(data.startIndex + offsets[0])..<(data.startIndex + offsets[1])])
            if name == "model.decoder.embed_tokens.weight", type == "F16" {
                bytes.append(
                    Data(repeating: filling, count: (rows - shape[0]) * shape[1] * 2))
                entry["shape"] = [rows, shape[1]]
            }
            entry["data_offsets"] = [blob.count, blob.count + bytes.count]
            blob.append(bytes)
            all[name] = entry
        }
        let json = try JSONSerialization.data(withJSONObject: all)
        let count = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
        return Data(count) + json + blob
    }
}
