import Foundation
import TestKit
import Testing

/// A store without models, so that a developer's own do not answer.
let withoutModels = [
    "CURBCUT_MODELS": "", "XDG_DATA_HOME": "/nonexistent", "HF_HUB_CACHE": "/nonexistent",
    "CURBCUT_STARTER_MODELS": "",
]

let pictures = Repository.folder + "/examples/pictures"

func describe(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    output: RunningTool.Output = .captured, folder: String? = nil
) throws -> ToolRun.Result {
    try ToolRun.run(
        "describe-image", arguments, input: input,
        environment: withoutModels.merging(environment) { $1 }, output: output, folder: folder)
}

@Suite struct DescribeImageOutputTests {
    @Test func `text and codes have their lines, in reading order`() throws {
        let sign = try describe([pictures + "/sign.png"])
        #expect(sign.status == 0, "\(sign)")
        let lines = sign.text.split(separator: "\n").map(String.init)
        #expect(lines.suffix(2) == ["Text: Ferry to the island", "Text: Pier 2, every hour"])
        let ticket = try describe([pictures + "/ticket.png"])
        #expect(ticket.text.hasSuffix("Code: https://example.org/ticket/42\n"), "\(ticket)")
    }

    @Test func `standard input is read with and without a dash`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: pictures + "/sign.png")))
        let named = try describe([pictures + "/sign.png"])
        #expect(try describe([], input: bytes).output == named.output)
        #expect(try describe(["-"], input: bytes).output == named.output)
    }

    @Test func `without a captioner one line tells which command installs one`() throws {
        let run = try describe([pictures + "/sign.png", pictures + "/chart.png"])
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1, "\(run)")
        #expect(run.errors.contains("curbcut pull blip-image-captioning-base"))
        #expect(try describe(["--read", pictures + "/sign.png"]).errors.isEmpty)
    }

    @Test func `read gives the text alone, with its lines`() throws {
        let run = try describe(["--read", pictures + "/sign.png"])
        #expect(run.text == "Ferry to the island\n\nPier 2, every hour\n", "\(run)")
    }

    @Test func `several pictures have their names, in the order given`() throws {
        let run = try describe(["--alt", "ticket.png", "sign.png", "ticket.png"], folder: pictures)
        let names = run.text.split(separator: "\n").map { $0.prefix { $0 != ":" } }
        #expect(names == ["ticket.png", "sign.png", "ticket.png"], "\(run)")
    }

    @Test func `a list of files keeps odd names apart`() throws {
        let folder = try TemporaryFolder()
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: pictures + "/ticket.png")))
        let odd = ["a b.png", "line\nbreak.png", "-o.png", "quote'\".png"]
        for name in odd { try folder.write(name, bytes) }
        let list = odd.map { Array($0.utf8) }.joined(separator: [0])
        let run = try describe(
            ["--alt", "--files0-from", "-"], input: Array(list), folder: folder.path)
        #expect(run.status == 0, "\(run)")
        #expect(
            run.text.split(separator: "\n") == [
                "a b.png: QR code: https://example.org/ticket/42",
                "line\u{FFFD}break.png: QR code: https://example.org/ticket/42",
                "-o.png: QR code: https://example.org/ticket/42",
                "quote'\".png: QR code: https://example.org/ticket/42",
            ])
    }

    @Test func `a file name that is not UTF-8 works as an argument`() throws {
        let folder = try TemporaryFolder()
        let script = """
            name=$(printf 'caf\\351.png'); cp "$0" "$1/$name" && exec "$2" --alt "$1/$name"
            """
        let run = try ToolRun.run(
            "/bin/sh",
            [
                "-c", script, pictures + "/ticket.png", folder.path,
                ToolRun.buildFolder + "/describe-image",
            ], environment: withoutModels)
        #expect(run.text == "QR code: https://example.org/ticket/42\n", "\(run)")
    }

    @Test func `one bad picture does not stop the others and sets the status`() throws {
        let folder = try TemporaryFolder()
        try folder.write("broken.png", "\u{89}PNG and no more")
        let run = try describe(
            ["--alt", folder.path + "/broken.png", pictures + "/ticket.png", folder.path + "/none"])
        #expect(run.status == 65, "\(run)")
        #expect(run.text == "\(pictures)/ticket.png: QR code: https://example.org/ticket/42\n")
        #expect(run.errors.contains("broken.png: "))
        #expect(run.errors.contains("none: there is no such file"))
    }

    @Test func `the answer arrives before the next picture is read`() throws {
        let folder = try TemporaryFolder()
        let fifo = folder.path + "/later"
        #expect(try ToolRun.run("/usr/bin/mkfifo", [fifo]).status == 0)
        var running = try RunningTool(
            "describe-image", ["--alt", pictures + "/ticket.png", fifo], environment: withoutModels)
        // The second picture never comes; the first line has to.
        try running.waitForOutput(20)
        #expect(
            String(decoding: running.outputSoFar, as: UTF8.self).hasSuffix(
                "https://example.org/ticket/42\n"))
    }

    @Test func `progress is whole sentences on stderr, the last one always`() throws {
        let run = try describe(
            ["--read", "--progress", pictures + "/ticket.png", pictures + "/ticket.png"])
        #expect(run.errors == "describe-image: 2 of 2 pictures, 100 percent.\n")
    }
}

@Suite struct DescribeImageJSONTests {
    private struct Answer: Decodable {
        struct Box: Decodable { let x, y, width, height: Int }
        struct Block: Decodable { let text: String, box: Box, confidence: Double }
        struct Code: Decodable { let kind, text: String, box: Box }
        let input: String
        let caption: String?
        let model: String?
        let text: [Block]?
        let codes: [Code]?
        let milliseconds: Int
    }

    private func answers(_ run: ToolRun.Result) throws -> [Answer] {
        try run.text.split(separator: "\n").map {
            try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
        }
    }

    @Test func `each picture is one object on one line`() throws {
        let run = try describe(["--json", "sign.png", "ticket.png"], folder: pictures)
        let found = try answers(run)
        #expect(found.map(\.input) == ["sign.png", "ticket.png"], "\(run)")
        #expect(found[0].text?.map(\.text) == ["Ferry to the island", "Pier 2, every hour"])
        #expect(found[0].caption == nil && found[0].model == nil)
        #expect(found[1].codes?.map(\.text) == ["https://example.org/ticket/42"])
        #expect(found[1].codes?.map(\.kind) == ["QR code"])
        // The first line of the sign is centred on (320, 150) of 640 by 480 pixels.
        let box = try #require(found[0].text?.first?.box)
        #expect(abs(box.x + box.width / 2 - 320) < 10 && abs(box.y + box.height / 2 - 150) < 15)
    }

    @Test func `what nobody looked for is null`() throws {
        let found = try answers(try describe(["--json", "--brief", pictures + "/sign.png"]))
        #expect(found[0].text == nil && found[0].codes == nil)
    }
}
