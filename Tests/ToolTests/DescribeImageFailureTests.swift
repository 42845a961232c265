import Foundation
import TestKit
import Testing

@Suite struct DescribeImageFailureTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func expectOneSentence(_ run: ToolRun.Result, status: Int32) {
        ToolTests.expectOneSentence(run, of: "describe-image", status: status)
    }

    @Test(arguments: [
        ("/dev/null", Int32(65)), ("/", 66), ("/no/such/file", 66), ("/proc/self/mem", 74),
        ("/etc/passwd", 65),
    ])
    func `what is no picture is named in one sentence`(path: String, status: Int32) throws {
        expectOneSentence(try describe(["--read", path]), status: status)
    }

    @Test func `nothing on standard input is one sentence`() throws {
        expectOneSentence(try describe(["--read"]), status: 65)
    }

    @Test func `a named pipe that closes early is one sentence`() throws {
        let fifo = folder.path + "/pipe"
        let script = "mkfifo \"$0\"; : > \"$0\" & exec \"$1\" --read \"$0\""
        let tool = ToolRun.buildFolder + "/describe-image"
        expectOneSentence(try ToolRun.run("/bin/sh", ["-c", script, fifo, tool]), status: 65)
    }

    @Test func `a header without data costs no memory`() throws {
        // PNG signature and IHDR: 30000 x 30000, 8 bits, RGB; the CRC is right.
        let header: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
            0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0xE9, 0x45, 0x6F, 0xED,
        ]
        // The pixels would take 2.7 GB; with the libraries that it maps the tool has 1 GB.
        let run = try ToolRun.run(
            "/bin/sh",
            [
                "-c", "ulimit -v 1000000; exec \"$0\" --read",
                ToolRun.buildFolder + "/describe-image",
            ], input: header)
        expectOneSentence(run, status: 65)
    }

    @Test(arguments: [
        ["--brief", "--full"], ["--alt", "--read"], ["--ask", "what?", "--brief"], ["--ask", "?"],
        ["--prefix", "a dog", "--read"], ["--skip-existing"], ["--beams", "0"],
        ["--max-pixels", "0"], ["--threads", "0"], ["--precision", "int3"], ["--no-such-option"],
        ["a.png", "--files0-from", "-"], ["--threads", "-1"], ["--beams", "-1"],
        ["--max-pixels", "-1"], ["-o", ""],
    ])
    func `contradictions and nonsense are wrong usage`(arguments: [String]) throws {
        let run = try describe(arguments)
        expectOneSentence(run, status: 64)
        #expect(run.errors.hasSuffix("; for help type: describe-image --help\n"), "\(run)")
    }

    @Test(arguments: [
        ["--ask", "what is this?"], ["--prefix", "a dog"], ["--model", "no-such-model"],
        ["--model", "/no/such/folder"], ["--text-language", "xyz"],
    ])
    func `what is not installed is status 69`(arguments: [String]) throws {
        let run = try describe(arguments + [pictures + "/sign.png"])
        #expect(run.status == 69, "\(run)")
    }

    @Test func `a closed standard output is a failure, whatever takes its number`() throws {
        let run = try ToolRun.run(
            "/bin/sh",
            [
                "-c", "exec \"$0\" --read \"$1\" >&-", ToolRun.buildFolder + "/describe-image",
                pictures + "/sign.png",
            ])
        expectOneSentence(run, status: 74)
    }

    @Test func `numbers below zero and two forms are told apart from missing values`() throws {
        #expect(try describe(["--threads", "-1"]).errors.contains("not -1"))
        #expect(try describe(["--alt", "--brief"]).errors.contains("--brief and --alt are"))
    }

    @Test func `a language that is missing is said once, before any picture`() throws {
        let sign = pictures + "/sign.png"
        expectOneSentence(try describe(["--text-language", "xyz", sign, sign]), status: 69)
    }

    @Test func `a list of lines is told from a list of zero bytes`() throws {
        let run = try describe(["--files0-from", "-"], input: Array("a.png\nb.png\n".utf8))
        expectOneSentence(run, status: 64)
        #expect(run.errors.contains("-print0"), "\(run)")
    }

    @Test func `a picture that cannot be read needs no captioner`() throws {
        expectOneSentence(try describe(["/no/such/file"]), status: 66)
    }

    @Test func `a missing model is named with places and a command`() throws {
        let run = try describe(
            ["--model", "Salesforce/blip-image-captioning-large", pictures + "/sign.png"],
            environment: ["CURBCUT_MODELS": folder.path])
        expectOneSentence(run, status: 69)
        #expect(run.errors.contains("looked in \(folder.path), "))
        #expect(run.errors.contains("curbcut pull blip-image-captioning-large"))
    }

    @Test func `a full disk is status 74 and leaves no file`() throws {
        let full = try describe(["--read", pictures + "/sign.png"], output: .file("/dev/full"))
        expectOneSentence(full, status: 74)
        let missing = try describe(
            ["--read", pictures + "/sign.png", "-o", folder.path + "/none/out"])
        expectOneSentence(missing, status: 74)
        #expect(try folder.names.isEmpty)
    }

    @Test func `a broken pipe ends quietly`() throws {
        let script = """
            { "$0" --alt "$1" "$1" "$1" "$1" "$1" "$1"; echo "$?" >&2; } | head -n 1
            """
        let run = try ToolRun.run(
            "/bin/bash",
            ["-c", script, ToolRun.buildFolder + "/describe-image", pictures + "/ticket.png"],
            environment: withoutModels)
        let lines = run.errors.split(separator: "\n")
        // The notice about models, then 128 + SIGPIPE, and not a word more.
        #expect(lines.last == "141", "\(run)")
        #expect(lines.count == 2, "\(run)")
    }

    @Test func `a failing picture leaves an older output file alone`() throws {
        let path = try folder.write("out.txt", "old")
        let run = try describe(["--read", "/dev/null", "-o", path])
        expectOneSentence(run, status: 65)
        #expect(try folder.text("out.txt") == "old")
        #expect(try folder.names == ["out.txt"])
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGSEGV])
    func `a signal removes the unfinished file`(signal: Int32) throws {
        let fifo = folder.path + "/never"
        #expect(try ToolRun.run("/usr/bin/mkfifo", [fifo]).status == 0)
        var running = try RunningTool(
            "describe-image",
            ["--alt", pictures + "/ticket.png", fifo, "-o", folder.path + "/out"],
            environment: withoutModels)
        for _ in 0..<3000 where try folder.names.count < 2 { usleep(20_000) }
        #expect(try folder.names.count == 2, "no temporary file appeared")
        running.send(signal: signal)
        let run = try running.finish()
        #expect(run.signal == signal, "\(run)")
        #expect(run.errors.contains("crashed on this input") == (signal == SIGSEGV), "\(run)")
        #expect(try folder.names == ["never"])
    }

    @Test func `what is already there is not done again`() throws {
        let path = folder.path + "/out.txt"
        let first = try describe(["--read", pictures + "/sign.png", "-o", path])
        #expect(first.status == 0, "\(first)")
        let written = try folder.text("out.txt")
        #expect(written.hasPrefix("Ferry to the island\n"))
        let second = try describe(["--read", "/no/such/file", "-o", path, "--skip-existing"])
        #expect(second.status == 0 && second.errors.isEmpty, "\(second)")
        #expect(try folder.text("out.txt") == written)
    }
}

@Suite struct DescribeImageHelpTests {
    @Test func `a terminal without inputs gives help`() throws {
        let tool = ToolRun.buildFolder + "/describe-image"
        let run = try ToolRun.run("/usr/bin/script", ["-qec", tool, "/dev/null"])
        #expect(run.status == 0, "\(run)")
        #expect(run.text.hasPrefix("OVERVIEW: "), "\(run)")
    }

    @Test(arguments: ["describe-image", "speak", "transcribe"])
    func `help ends in an example`(tool: String) throws {
        let run = try ToolRun.run(tool, ["--help"])
        #expect(run.status == 0, "\(run)")
        let last = run.text.split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("EXAMPLE: "), "\(run)")
    }
}
