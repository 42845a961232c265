import Foundation
import TestKit
import Testing

/// Where the models that come with Curbcut lie in a checkout.
let starterModels = Repository.folder + "/examples/starter-models"

/// With learned weights: what a fresh checkout says of pictures.
@Suite struct StarterScenesTests {
    private let scene = pictures + "/scene.png"
    private let photograph = pictures + "/harbour.jpg"

    private func describe(_ arguments: [String]) throws -> ToolRun.Result {
        try ToolTests.describe(
            arguments, environment: ["CURBCUT_STARTER_MODELS": starterModels])
    }

    @Test(arguments: ["f32", "int8"], ["1", "3"])
    func `a drawing is described where no other captioner is installed`(
        precision: String, beams: String
    ) throws {
        let run = try describe(["--precision", precision, "--beams", beams, "--brief", scene])
        #expect(run.status == 0, "\(run)")
        #expect(run.text == "A horse to the left of a bell on a striped ground.\n", "\(run)")
    }

    @Test func `the answer of a model that knows little is marked`() throws {
        let run = try describe(["--json", "--brief", scene, scene])
        #expect(run.text.contains(#""model":"starter-scenes""#), "\(run)")
        #expect(run.errors.hasPrefix("describe-image: described by starter-scenes, which knows "))
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run)")
    }

    @Test func `what it does not know is measured, and said so`() throws {
        let with = try describe(["--brief", photograph])
        let without = try ToolTests.describe(["--brief", photograph])
        #expect(with.status == 0 && with.output == without.output, "\(with)")
        #expect(
            with.errors.hasPrefix("describe-image: starter-scenes does not know what this is"),
            "\(with)")
    }

    @Test func `it steps back for an installed captioner`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/blip-image-captioning-base",
            withDestinationPath: Repository.fixtures + "/blip-tiny")
        let run = try ToolTests.describe(
            ["--json", "--brief", scene],
            environment: [
                "CURBCUT_STARTER_MODELS": starterModels, "CURBCUT_MODELS": folder.path,
            ])
        #expect(run.text.contains(#""model":"blip-image-captioning-base""#), "\(run)")
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `of real photographs nine in ten are not described`() throws {
        let files = try ["captioned", "photos", "exif-orientation"]
            .flatMap { try SharedTestData.files(in: "images/" + $0) }
            .filter { file in [".jpg", ".png", ".webp"].contains { file.hasSuffix($0) } }
        let run = try describe(["--json", "--brief"] + files)
        let lines = run.text.split(separator: "\n")
        let silent = lines.filter { $0.contains(#""caption":null"#) }
        #expect(lines.count == files.count, "\(run.errors)")
        #expect(silent.count * 10 >= lines.count * 9, "\(silent.count) of \(lines.count)")
    }
}
