import Foundation
import TestKit
import Testing

/// With learned weights: what `speak` says is what `transcribe` writes.
@Suite struct StarterSpeechTests {
    /// Everyday prose that the model was not trained on.
    static let sentences: [String] = {
        let file = Repository.folder + "/examples/starter-models/speech/written_sentences.txt"
        let lines = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        return lines.split(separator: "\n").map(String.init)
    }()

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func transcribe(_ arguments: [String], input: [UInt8] = []) throws -> ToolRun.Result {
        try ToolRun.run(
            "transcribe", arguments, input: input,
            environment: withoutModels.merging(["CURBCUT_STARTER_MODELS": starterModels]) { $1 })
    }

    /// The share of words that are not written as they are said.
    private func wordErrorRate(_ sentences: ArraySlice<String>, _ voice: [String]) throws -> Double
    {
        let files = try sentences.enumerated().map { index, sentence in
            let path = "\(folder.path)/\(index).wav"
            let run = try ToolRun.run("speak", voice + ["-o", path, sentence])
            #expect(run.status == 0, "\(run)")
            return path
        }
        let run = try transcribe(
            ["--model", "starter-speech", "-O", folder.path] + files)
        #expect(run.status == 0, "\(run)")
        let counts = try sentences.enumerated().map { index, sentence in
            wordErrors(said: sentence, written: try folder.text("\(index).txt"))
        }
        let errors = counts.reduce(0) { $0 + $1.errors }
        return Double(errors) / Double(counts.reduce(0) { $0 + $1.words })
    }

    @Test func `text goes through speak and transcribe and comes back`() throws {
        #expect(try wordErrorRate(Self.sentences[..<30], []) < 0.08)
    }

    @Test(arguments: ownVoices)
    func `each of our voices is understood`(voice: String) throws {
        let choice = ["--voice-file", "\(Repository.folder)/voices/\(voice)"]
        #expect(try wordErrorRate(Self.sentences[30..<42], choice) < 0.12)
    }

    @Test func `it is taken only by its name, and says how little it knows`() throws {
        let sound = try ToolRun.run("speak", ["A dog sleeps beside an open window."]).output
        let asked = try transcribe(["--model", "starter-speech"], input: sound)
        #expect(asked.status == 0, "\(asked)")
        #expect(
            asked.errors
                == "transcribe: starter-speech understands synthetic English speech only\n")
        let unasked = try transcribe([], input: sound)
        #expect(unasked.status == 69 && unasked.output.isEmpty, "\(unasked)")
    }

    @Test func `where nobody speaks it writes nothing`() throws {
        let silence = wave([UInt8](repeating: 0, count: 12 * 32_000))
        let run = try transcribe(["--model", "starter-speech", "--vad", "off"], input: silence)
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
    }
}
