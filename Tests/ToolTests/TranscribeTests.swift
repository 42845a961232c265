import Foundation
import TestKit
import Testing

@Suite struct TranscribeTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func objects(_ run: ToolRun.Result) throws -> [[String: Any]] {
        try run.text.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func `silence gives no words, runs no window and is no failure`() throws {
        let silence = wave([UInt8](repeating: 0, count: 320_000))
        let run = try transcribe([], input: silence)
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
        let vtt = try transcribe(["--format", "vtt"], input: silence)
        #expect(vtt.status == 0 && vtt.text == "WEBVTT\n\n", "\(vtt)")
    }

    @Test func `a recording is an object with the segments inside the speech`() throws {
        let file = try folder.write("a.wav", wave(try voice([2...6], seconds: 10)))
        let run = try transcribe(["--json", "--words", file])
        #expect(run.status == 0, "\(run)")
        let object = try #require(try objects(run).first)
        #expect(object["input"] as? String == file)
        #expect(object["duration"] as? Double == 10)
        let segments = try #require(object["segments"] as? [[String: Any]])
        for segment in segments {
            let start = try #require(segment["start"] as? Double)
            let end = try #require(segment["end"] as? Double)
            #expect(1 <= start && start <= end && end <= 7, "\(run)")
        }
    }

    @Test func `a file, a pipe and samples without a header give the same`() throws {
        let samples = try voice([1...4], seconds: 6)
        let file = try folder.write("a.wav", wave(samples))
        let arguments = ["--format", "tsv", "--language", "en"]
        let named = try transcribe(arguments + [file])
        #expect(named.status == 0 && !named.output.isEmpty, "\(named)")
        let piped = try transcribe(arguments, input: wave(samples))
        #expect(piped.output == named.output, "\(piped)")
        let raw = try transcribe(arguments + ["--raw", "s16le:16000:1"], input: samples)
        #expect(raw.output == named.output, "\(raw)")
    }

    @Test func `times count from the recording's beginning, wherever one begins to hear`() throws {
        let file = try folder.write("a.wav", wave(try voice([20...23], seconds: 30)))
        let run = try transcribe(["--format", "jsonl", "--from", "0:15", "--to", "25", file])
        for object in try objects(run) {
            let start = try #require(object["start"] as? Double)
            #expect(19 <= start && start <= 24, "\(run)")
        }
        let before = try transcribe(["--to", "15", file])
        #expect(before.status == 0 && before.output.isEmpty, "\(before)")
    }

    @Test func `several recordings are told apart, and one that fails stops no other`() throws {
        let good = try folder.write("good.wav", wave(try voice([1...4], seconds: 5)))
        let bad = try folder.write("bad.wav", "this is no sound at all\n")
        let run = try transcribe(["--format", "jsonl", bad, "/no/such/file", good])
        #expect(run.status == 65, "\(run)")
        #expect(try objects(run).allSatisfy { $0["input"] as? String == good })
        #expect(run.errors.contains("transcribe: \(bad): "), "\(run)")
        #expect(run.errors.contains("transcribe: /no/such/file: there is no such file"), "\(run)")
    }

    @Test func `each recording gets its file, and what is there is left out`() throws {
        let sound = wave(try voice([1...3], seconds: 4))
        for name in ["one.wav", "two.wav"] { try folder.write("in/" + name, sound) }
        try folder.write("out/one.srt", "mine\n")
        let arguments =
            ["--format", "srt", "-O", folder.path + "/out", "--skip-existing"]
            + ["one.wav", "two.wav"].map { folder.path + "/in/" + $0 }
        let run = try transcribe(arguments)
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
        #expect(try folder.text("out/one.srt") == "mine\n")
        #expect(FileManager.default.fileExists(atPath: folder.path + "/out/two.srt"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
        #expect(files.sorted() == ["one.srt", "two.srt"])
    }

    @Test func `two recordings of one name do not overwrite each other`() throws {
        let sound = wave(try voice([1...3], seconds: 4))
        let paths = try ["a/talk.wav", "b/talk.wav"].map { try folder.write($0, sound) }
        let run = try transcribe(["-O", folder.path] + paths)
        #expect(run.status == 64, "\(run)")
        #expect(run.errors.contains("already is the transcript of \(paths[0])"), "\(run)")
        #expect(try folder.names.contains("talk.txt"))
    }

    @Test func `two channels are two speakers`() throws {
        let left = try voice([1...4], seconds: 14)
        let right = try voice([8...11], seconds: 14)
        var frames: [UInt8] = []
        for i in stride(from: 0, to: left.count, by: 2) {
            frames += left[i...(i + 1)] + right[i...(i + 1)]
        }
        let file = try folder.write("call.wav", wave(frames, channels: 2))
        let run = try transcribe([
            "--format", "jsonl", "--channels-are-speakers", "--speaker-names", "Ann,Bob", file,
        ])
        #expect(run.status == 0, "\(run)")
        for object in try objects(run) {
            let start = try #require(object["start"] as? Double)
            #expect(object["speaker"] as? String == (start < 6 ? "Ann" : "Bob"), "\(run)")
        }
    }

    @Test func `the language is told without a transcript`() throws {
        let file = try folder.write("a.wav", wave(try voice([1...4], seconds: 5)))
        let run = try transcribe(["--detect-language", file])
        #expect(run.status == 0 && run.text.hasSuffix(" percent\n"), "\(run)")
        let chosen = try transcribe(["--detect-language", "--languages", "de", "--json", file])
        let object = try #require(try objects(chosen).first)
        #expect(object["language"] as? String == "de")
        #expect(object["languageProbability"] as? Double == 1)
    }

    @Test func `a stream without end is written down while it comes`() throws {
        var running = try RunningTool(
            "transcribe",
            withTinyWhisper
                + ["--raw", "s16le:16000:1", "--format", "jsonl", "--language", "en"],
            environment: withoutModels)
        try running.write(try voice([1...4], seconds: 12))
        try running.waitForOutput(1)
        #expect(!running.outputSoFar.isEmpty)
        let run = try running.finish()
        #expect(run.status == 0, "\(run)")
    }

    @Test func `a reader that goes away ends the tool quietly`() throws {
        var running = try RunningTool(
            "transcribe", withTinyWhisper + ["--raw", "s16le:16000:1", "--language", "en"],
            environment: withoutModels)
        running.closeOutput()
        let run = try running.finish(input: try voice([1...4, 9...12], seconds: 16))
        #expect(run.signal == SIGPIPE && run.errors.isEmpty, "\(run)")
    }

    @Test func `hours cost no more memory than a minute`() throws {
        // Two hours would be 460 MB of samples; with its libraries and threads the tool has 300.
        let script = """
            ulimit -v 300000
            (cat "$2"; head -c 230400000 /dev/zero; cat "$2") |
            exec "$0" --model "$1" --no-fallback --raw s16le:16000:1 --format jsonl --language en
            """
        let file = try folder.write("speech.raw", try voice([0.5...3], seconds: 4))
        let run = try ToolRun.run(
            "/bin/sh", ["-c", script, ToolRun.buildFolder + "/transcribe", tinyWhisper, file],
            environment: withoutModels)
        #expect(run.status == 0, "\(run)")
        let starts = try objects(run).compactMap { $0["start"] as? Double }
        #expect(starts.allSatisfy { $0 < 5 || (7_200...7_210).contains($0) }, "\(run)")
    }
}
