import Foundation
import TestKit
import Testing

/// What README.md shows is pasted into a shell, command by command.
@Suite struct ReadmeTests {
    /// Indented lines under a heading, one command each.
    private static func commands(under heading: String) throws -> [String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: Repository.folder + "/README.md"))
        let lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
        let start = lines.firstIndex(of: "## " + heading) ?? lines.endIndex
        return lines[start...].dropFirst().prefix { !$0.hasPrefix("## ") }
            .filter { $0.hasPrefix("    ") }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func `there are four pipelines, and each works when pasted`() throws {
        let commands = try Self.commands(under: "Four pipelines")
        #expect(commands.count == 4)
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/examples", withDestinationPath: Repository.folder + "/examples")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        for command in commands {
            let run = try ToolRun.run(
                "/bin/bash", ["-euo", "pipefail", "-c", command],
                environment: withoutModels.merging(
                    ["PATH": "\(ToolRun.buildFolder):\(path)"]
                ) { $1 }, folder: folder.path)
            #expect(run.status == 0, "\(run)")
            let made = try folder.names.filter { $0 != "examples" }
            #expect(!run.output.isEmpty || !made.isEmpty, "\(run)")
            for name in made where name.hasSuffix(".wav") {
                let sound = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
                #expect(sound.starts(with: Array("RIFF".utf8)) && sound.count > 20_000)
            }
            for name in made {
                try FileManager.default.removeItem(atPath: folder.path + "/" + name)
            }
        }
    }

    @Test func `every option that the README names exists`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Repository.folder + "/README.md"))
        let words = String(decoding: data, as: UTF8.self).split {
            !($0.isLetter || $0.isNumber || $0 == "-")
        }
        let options = Set(words.filter { $0.hasPrefix("--") && $0.count > 2 })
        let ofOthers: Set<Substring> = [
            "--product", "--configuration", "--static-swift-stdlib", "--uninstall",
        ]
        let help = try [
            ["caption-video-frames"], ["describe-image"], ["speak"], ["transcribe"],
            ["curbcut", "pull"],
        ]
        .map { try ToolRun.run($0[0], $0.dropFirst() + ["--help"]).text }.joined()
        for option in options.subtracting(ofOthers) {
            #expect(help.contains(option), "README.md names \(option)")
        }
    }

    @Test func `every file and folder that the maps name exists`() throws {
        for map in ["README.md", "Sources/README.md", "Tests/README.md", "examples/README.md"] {
            let file = URL(fileURLWithPath: Repository.folder + "/" + map)
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            let code = text.components(separatedBy: "`").enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
            let paths = code.filter {
                $0.contains("/") && !$0.contains(" ") && !$0.contains("$") && !$0.contains("<")
                    && ["Sources", "Tests", "examples", "voices", "pictures", ".ci"]
                        .contains(String($0.prefix { $0 != "/" }))
            }
            let base = map.hasPrefix("examples") ? "/examples/" : "/"
            for path in paths {
                #expect(
                    FileManager.default.fileExists(atPath: Repository.folder + base + path),
                    "\(map) names \(path)")
            }
        }
    }
}
