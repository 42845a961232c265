import Foundation
import TestKit
import Testing

@Suite struct TranscribeFailureTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func expectOneSentence(_ run: ToolRun.Result, status: Int32) {
        ToolTests.expectOneSentence(run, of: "transcribe", status: status)
    }

    @Test func `without a model nothing is invented, and the command that fetches one is said`()
        throws
    {
        let file = try folder.write("a.wav", wave(try voice([1...3], seconds: 4)))
        let run = try ToolRun.run("transcribe", [file], environment: withoutModels)
        expectOneSentence(run, status: 69)
        #expect(run.errors.contains("curbcut pull whisper-base"), "\(run)")
    }

    @Test func `a detector that is not installed is named with the way to have it`() throws {
        let file = try folder.write("a.wav", wave(try voice([1...3], seconds: 4)))
        let run = try transcribe(["--vad", "silero", file])
        expectOneSentence(run, status: 69)
        #expect(run.errors.contains("curbcut pull silero-vad"), "\(run)")
    }

    @Test(arguments: [
        ("/dev/null", Int32(65)), ("/", 66), ("/no/such/file", 66), ("/etc/passwd", 65),
    ])
    func `what is no sound is named in one sentence`(path: String, status: Int32) throws {
        expectOneSentence(try transcribe([path]), status: status)
    }

    @Test func `nothing on standard input is one sentence`() throws {
        expectOneSentence(try transcribe([]), status: 65)
    }

    @Test(arguments: [
        ["--language", "klingon"], ["--languages", "en,xx"], ["--no-such-option"],
        ["--from", "10", "--to", "5"], ["--from", "-1"], ["--to", "1:99"], ["--channel", "0"],
        ["--channel", "1", "--channels-are-speakers"], ["--format", "doc"], ["--words"],
        ["--json", "--format", "srt"], ["--max-line", "3", "--format", "srt"],
        ["--max-line", "40"], ["--profile", "cinema", "--format", "srt"],
        ["--live", "--from", "3"],
        ["--partials"], ["--step", "1"], ["--live", "--step", "0"], ["--beams", "0"],
        ["--beams", "-1"], ["--jobs", "0"], ["--raw", "s16le"], ["--raw", "s17le:16000:1"],
        ["--raw", "s16le:0:1"], ["--skip-existing"], ["-o", "a", "-O", "b"], ["--lint", "--words"],
        ["--format", "srt", "a.wav", "b.wav"], ["--speaker-names", "a,b"], ["--threads", "0"],
        ["--vad", "ears"], ["--precision", "int3"], ["a.wav", "--files0-from", "-"],
    ])
    func `contradictions and nonsense are wrong usage`(arguments: [String]) throws {
        expectOneSentence(try transcribe(arguments), status: 64)
    }

    @Test func `a channel that the recording does not have is said`() throws {
        let file = try folder.write("a.wav", wave(try voice([1...3], seconds: 4)))
        expectOneSentence(try transcribe(["--channel", "2", file]), status: 64)
        expectOneSentence(try transcribe(["--channels-are-speakers", file]), status: 65)
    }

    @Test func `a recording that breaks off is written as far as it goes, and that is said`() throws
    {
        let whole = wave(try voice([1...4], seconds: 10))
        let arguments = ["--format", "tsv", "--language", "en"]
        let file = try folder.write("cut.wav", Array(whole.prefix(44 + 2 * 16_000 * 6)))
        let run = try transcribe(arguments + ["-o", folder.path + "/cut.tsv", file])
        #expect(run.status == 65, "\(run)")
        #expect(run.errors.hasPrefix("transcribe: \(file): "), "\(run)")
        let good = try transcribe(arguments, input: whole)
        #expect(try folder.text("cut.tsv") == good.text)
    }

    @Test func `a full disk is status 74 and leaves no file`() throws {
        let file = try folder.write("a.wav", wave(try voice([1...3], seconds: 4)))
        let full = try transcribe(["--format", "vtt", file], output: .file("/dev/full"))
        #expect(full.status == 74, "\(full)")
        let missing = try transcribe([file, "-o", folder.path + "/none/out.txt"])
        expectOneSentence(missing, status: 74)
    }

    @Test func `a killed run leaves nothing half-written and goes on where it was`() throws {
        let sound = wave(try voice([1...4, 8...12], seconds: 14))
        let paths = try (0..<20).map { try folder.write("in/\($0).wav", sound) }
        let out = folder.path + "/out"
        try FileManager.default.createDirectory(
            atPath: out, withIntermediateDirectories: true)
        let arguments =
            withTinyWhisper + [
                "--format", "json", "--language", "en", "-O", out, "--skip-existing",
            ]
            + paths
        var running = try RunningTool("transcribe", arguments, environment: withoutModels)
        while try FileManager.default.contentsOfDirectory(atPath: out).filter({
            $0.hasSuffix(".json")
        })
        .count < 3 {
            usleep(1000)
        }
        running.send(signal: SIGTERM)
        let killed = try running.finish()
        let early = try FileManager.default.contentsOfDirectory(atPath: out)
        #expect(early.allSatisfy { $0.hasSuffix(".json") }, "\(early)")
        #expect(killed.signal == SIGTERM || early.count == paths.count, "\(killed)")
        let run = try ToolRun.run("transcribe", arguments, environment: withoutModels)
        #expect(run.status == 0, "\(run)")
        let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
        #expect(names == (0..<20).map { "\($0).json" }.sorted())
        let texts = try Set(
            names.map { name in
                let text = String(
                    decoding: try Data(contentsOf: URL(fileURLWithPath: out + "/" + name)),
                    as: UTF8.self)
                return text.replacingOccurrences(of: "/\(name.dropLast(5)).wav", with: "/N.wav")
            })
        #expect(texts.count == 1)
    }

    @Test func `subtitles that break a limit are told line by line, with status 65`() throws {
        let file = try folder.write(
            "a.srt",
            """
            1
            00:00:01,000 --> 00:00:01,200
            This one stands for much too short a time.

            2
            00:00:03,000 --> 00:00:06,000
            This one is fine.


            """)
        let run = try transcribe(["--lint", "--profile", "netflix", file])
        #expect(run.status == 65, "\(run)")
        #expect(run.text.split(separator: "\n").allSatisfy { $0.contains("cue 1") }, "\(run)")
        #expect(run.errors.contains("break the limits of netflix"), "\(run)")
        let text = try folder.write("b.srt", "no subtitles here\n")
        expectOneSentence(try transcribe(["--lint", text]), status: 65)
    }
}

/// Damaged recordings and films of the third-party test data.
@Suite struct TranscribeHostileTests {
    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)),
        arguments: ["wav", "flac", "mp4", "mkv", "webm", "other", "png"])
    func `hostile files are written down or refused in one sentence`(kind: String) throws {
        for path in try SharedTestData.files(in: "hostile/" + kind) {
            let run = try transcribe(["--language", "en", path])
            #expect([0, 65, 66].contains(run.status), "\(run)")
            #expect(run.status == 0 || run.errors.hasPrefix("transcribe: \(path): "), "\(run)")
        }
    }
}
