import Foundation
import TestKit
import Testing

/// `speak` from outside: text in, sound or one sentence out.
@Suite struct SpeakTests {
    private let folder = NSTemporaryDirectory() + "curbcut-speak-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func speak(_ arguments: [String], _ text: String = "") throws -> ToolRun.Result {
        try ToolRun.run("speak", arguments, input: Array(text.utf8))
    }

    private var filesLeft: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder) }
    }

    @Test func `standard output is a WAV stream, the same for arguments and input`() throws {
        let run = try speak([], "One two three.")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(Array(run.output.prefix(4)) == Array("RIFF".utf8))
        #expect(Array(run.output[8..<16]) == Array("WAVEfmt ".utf8))
        #expect(run.output.count > 44 + 22050, "\(run)")
        #expect(run.output.count % 2 == 0)
        #expect(try speak(["One two", "three."]).output == run.output)
        #expect(try speak(["-o", "-"], "One two three.").output == run.output)
    }

    @Test func `the first sentence is heard while the input stays open`() throws {
        var running = try RunningTool("speak", [])
        try running.write(Array("A cat on a mat.\n".utf8))
        try running.waitForOutput(2000)
        let run = try running.finish()
        #expect(run.status == 0, "\(run)")
    }

    @Test func `a line without a full stop is heard when the input rests`() throws {
        var running = try RunningTool("speak", [])
        try running.write(Array("Text: EXIT\n".utf8))
        try running.waitForOutput(2000)
        #expect(try running.finish().status == 0)
    }

    @Test func `each sound file appears whole, with its length in the header`() throws {
        for format in ["wav", "flac", "ogg"] {
            let path = "\(folder)/a.\(format)"
            let run = try speak(["-o", path], "Hello there.")
            #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
            let redirected = try ToolRun.run(
                "speak", ["--format", format, "Hello there."], output: .file("\(folder)/b"))
            #expect(redirected.status == 0, "\(redirected)")
            let files = try ["\(folder)/a.\(format)", "\(folder)/b"].map {
                try Data(contentsOf: URL(fileURLWithPath: $0)).count
            }
            #expect(files[0] > 1000 && files[0] == files[1])
        }
        let header = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/a.wav")))
        let length = header[40..<44].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length == header.count - 44)
        #expect(try filesLeft.sorted() == ["a.flac", "a.ogg", "a.wav", "b"])
    }

    @Test func `the same text in a fresh process is the same sound`() throws {
        let text = "The same words, twice. And 42 more."
        let first = try speak(["--voice", "en+f3"], text)
        #expect(try speak(["--voice", "en+f3"], text).output == first.output)
        #expect(try speak([], text).output != first.output)
    }

    @Test func `the package's own voices are found by name and listed first`() throws {
        let lines = try speak(["--list-voices"]).text.split(separator: "\n")
        let names = lines.prefix(ownVoices.count).map { String($0.prefix { $0 != ":" }) }
        #expect(names == ownVoices)
        #expect(lines.contains("en-us: English (America), male, en"))
        #expect(lines.allSatisfy { $0.contains(": ") })
        let plain = try speak(["Hello."])
        for voice in ["brisk", "calm", "describer"] {
            let run = try speak(["--voice", voice, "Hello."])
            #expect(run.status == 0 && run.output != plain.output, "\(run)")
            let path = Repository.folder + "/voices/" + voice
            #expect(try speak(["--voice-file", path, "Hello."]).output == run.output)
        }
    }

    @Test func `a voice file with any name and a folder of one's own are taken`() throws {
        let text = "language en\npitch 120 180\n"
        let path = folder + "/Upper+Case " + String(repeating: "x", count: 100)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try text.write(toFile: folder + "/mine", atomically: true, encoding: .utf8)
        let byPath = try speak(["--voice-file", path, "Hello."])
        let byName = try ToolRun.run(
            "speak", ["--voice", "Mine", "Hello."], environment: ["CURBCUT_VOICES": folder])
        #expect(byPath.status == 0 && byPath.output.count > 1000, "\(byPath)")
        #expect(byName.output == byPath.output, "\(byName)")
    }

    @Test func `help ends in an example, and the version is one line`() throws {
        let help = try speak(["--help"])
        #expect(help.status == 0 && help.text.contains("EXAMPLE: echo"), "\(help)")
        #expect(try speak(["--version"]).text.split(separator: "\n").count == 1)
    }

    @Test func `an interrupt leaves no file`() throws {
        for signal in [SIGINT, SIGTERM] {
            var running = try RunningTool("speak", ["-o", folder + "/x.wav"])
            try running.write(Array("A first sentence. And the next".utf8))
            for _ in 0..<60_000 where try filesLeft.isEmpty { usleep(1000) }
            #expect(try !filesLeft.isEmpty, "no temporary file appeared")
            running.send(signal: signal)
            let run = try running.finish()
            #expect(run.signal == signal, "\(run)")
            #expect(try filesLeft == [])
        }
    }
}
