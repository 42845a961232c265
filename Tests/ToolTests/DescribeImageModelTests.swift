import Foundation
import TestKit
import Testing

/// With the tiny random models of `Tests/Fixtures`; `expected.json` there has what the reference
/// implementation says of the same picture.
@Suite struct DescribeImageModelTests {
    private let model = Repository.fixtures + "/blip-tiny"
    private let answerer = Repository.fixtures + "/blip-vqa-tiny"
    private var picture: String { model + "/picture.png" }

    private func expected(_ folder: String, _ name: String) throws -> String {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json"))
        let all = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return try #require((all?[name] as? [String: Any])?["text"] as? String)
    }

    /// The words of a model in a form that capitals, full stops and hedges do not change.
    private func words(_ line: String) -> String {
        let text = line.lowercased().trimmingCharacters(in: .newlines)
        let bare = text.hasPrefix("possibly ") ? String(text.dropFirst(9)) : text
        return bare.hasSuffix(".") ? String(bare.dropLast()) : bare
    }

    @Test(arguments: [
        ("greedy", []), ("prefixed", ["--prefix", "a picture of"]), ("beam3", ["--beams", "3"]),
    ])
    func `the caption is that of the reference`(name: String, arguments: [String]) throws {
        let run = try describe(
            ["--model", model, "--precision", "f32", "--brief", picture] + arguments)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(words(run.text) == words(try expected(model, name)), "\(run)")
    }

    @Test func `the answer is that of the reference`() throws {
        let run = try describe([
            "--model", answerer, "--precision", "f32", "--ask", "what colour is the door?",
            answerer + "/picture.png",
        ])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(words(run.text) == words(try expected(answerer, "greedy")), "\(run)")
    }

    @Test(arguments: ["int8", "f32"])
    func `the words do not depend on the number of threads`(precision: String) throws {
        let runs = try ["1", "2", "3"].map { count in
            try describe([
                "--model", model, "--precision", precision, "--threads", count, "--brief", picture,
            ])
        }
        #expect(runs.allSatisfy { $0.status == 0 && $0.output == runs[0].output }, "\(runs[0])")
    }

    @Test func `the first installed captioner of the catalogue is taken by itself`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/blip-image-captioning-base", withDestinationPath: model)
        let run = try describe(
            ["--json", "--brief", picture], environment: ["CURBCUT_MODELS": folder.path])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(run.text.contains("blip-image-captioning-base"), "\(run)")
    }

    @Test func `a picture is captioned the same in a crowd`() throws {
        let alone = try describe(["--model", model, "--brief", picture])
        let crowd = try describe([
            "--model", model, "--brief", pictures + "/sign.png", picture, picture,
        ])
        let lines = crowd.text.split(separator: "\n").suffix(2)
        #expect(lines.allSatisfy { $0 + "\n" == picture + ": " + alone.text }, "\(crowd)")
    }

    @Test func `a model for another task is refused`() throws {
        let run = try describe(["--model", answerer, picture])
        #expect(run.status == 69 && run.output.isEmpty, "\(run)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run)")
    }

    @Test(arguments: ["model.safetensors", "config.json", "tokenizer.json"])
    func `a model that was cut short is refused in one sentence`(file: String) throws {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/model"
        try FileManager.default.copyItem(atPath: model, toPath: copy)
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: copy + "/" + file)))
        try folder.write("model/" + file, Array(whole.prefix(whole.count / 2)))
        let run = try describe(["--model", copy, picture])
        #expect(run.status == 69 && run.output.isEmpty, "\(run)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run)")
        #expect(run.errors.contains(file), "\(run)")
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `malformed weights are refused in one sentence`() throws {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/model"
        try FileManager.default.copyItem(atPath: model, toPath: copy)
        for file in try SharedTestData.files(in: "safetensors/malformed") {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            try folder.write("model/model.safetensors", bytes)
            let run = try describe(["--model", copy, picture])
            #expect(run.status == 69 && run.output.isEmpty, "\(file): \(run)")
            #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(file): \(run)")
        }
    }
}
