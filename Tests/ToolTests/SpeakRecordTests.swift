import Foundation
import TestKit
import Testing

/// What `speak` writes down: marks, captions, phonemes, and sound that fits or is cut.
@Suite struct SpeakRecordTests {
    private let folder = NSTemporaryDirectory() + "curbcut-record-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func speak(_ arguments: [String], _ text: String) throws -> ToolRun.Result {
        try ToolRun.run("speak", arguments, input: Array(text.utf8))
    }

    private func marks(_ text: String, _ arguments: [String] = []) throws -> [SpokenMark] {
        let run = try speak(["--marks", "-"] + arguments, text)
        #expect(run.status == 0, "\(run)")
        return try run.text.split(separator: "\n").map {
            try JSONDecoder().decode(SpokenMark.self, from: Data($0.utf8))
        }
    }

    private func seconds(of path: String) throws -> Double {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return Double(bytes.count - 44) / 2 / 22_050
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    static let text = """
        “Dr. Müller said: It's 3.50 — really?”\r
        \u{1B}[1mYes\u{1B}[0m, see http://example.org/a?b=1 🎉. e-mail me.

        日本 is far. The end
        """

    @Test func `marks have Polly's fields, and point at the bytes of the text`() throws {
        let bytes = Array(Self.text.utf8)
        let scalars = Array(Self.text.unicodeScalars.map(String.init))
        let found = try marks(Self.text)
        #expect(found.count > 15)
        for mark in found {
            let written = String(decoding: bytes[mark.start..<mark.end], as: UTF8.self)
            // An escape sequence inside is not part of what is said, and a line end is one.
            if !written.contains("\u{1B}") && !written.contains("\r") {
                #expect(written == mark.value)
            }
            #expect(["sentence", "word"].contains(mark.type))
            #expect(mark.time == mark.sample * 1000 / 22_050)
        }
        let words = found.filter { $0.type == "word" }.map(\.value)
        #expect(words.prefix(6) == ["Dr", "Müller", "said", "It's", "3.50", "really"])
        #expect(words.contains("e-mail") && words.contains("日") && words.contains("本"))
        let plain = try marks("One two. Three é four.").filter { $0.type == "word" }
        #expect(plain.map(\.char_start) == [0, 4, 9, 15, 17])
        #expect(plain.map(\.start) == [0, 4, 9, 15, 18])
        #expect(scalars.count < bytes.count)
    }

    @Test(arguments: [
        [], ["--voice", "de"], ["--voice", "ja"], ["--voice", "cmn"], ["--rate", "450"],
        ["--voice", "describer"],
    ])
    func `marks never go back, and none is after the sound`(arguments: [String]) throws {
        let path = folder + "/a.wav"
        let run = try speak(["-o", path, "--marks", folder + "/m"] + arguments, Self.text)
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
        let samples = try String(contentsOfFile: folder + "/m", encoding: .utf8)
            .split(separator: "\n")
            .map { try JSONDecoder().decode(SpokenMark.self, from: Data($0.utf8)).sample }
        #expect(samples == samples.sorted())
        #expect(Double(samples.last ?? 0) / 22_050 < (try seconds(of: path)))
        #expect(Set(samples).count > 8)
    }

    @Test func `captions hold all of the words, in order and in time`() throws {
        let path = folder + "/a.vtt"
        let text = "The first sentence is short. The second one goes on for a while, and on & on."
        let run = try speak(["--vtt", path, "-o", folder + "/a.wav"], text)
        #expect(run.status == 0, "\(run)")
        let captions = try String(contentsOfFile: path, encoding: .utf8)
        #expect(captions.hasPrefix("WEBVTT\n\n"))
        let words = captions.split(separator: "\n")
            .filter { !$0.contains("-->") && $0 != "WEBVTT" }.joined(separator: " ")
        #expect(words == text.replacing("&", with: "&amp;"))
        #expect(captions.contains("00:00:00.000 --> "))
    }

    @Test func `phonemes and IPA are a line for each sentence`() throws {
        let ipa = try speak(["--ipa"], "Hello there. Good day.")
        #expect(ipa.status == 0, "\(ipa)")
        #expect(ipa.text.split(separator: "\n").count == 2)
        #expect(ipa.text.contains("həlˈəʊ"))
        let names = try speak(["--phonemes"], "Hello there.")
        #expect(names.text.contains("h@l'oU"))
        #expect(try speak(["--ipa", "--voice", "de"], "Hello there.").text != ipa.text)
    }

    @Test func `speech is made to fit, or refused with what it would take`() throws {
        let text = "A man in a red coat walks slowly over the old stone bridge."
        let path = folder + "/a.wav"
        let usual = try speak(["--fit", "60", "-o", path], text)
        #expect(usual.status == 0 && usual.errors.contains("at the usual rate"), "\(usual)")
        let longest = try seconds(of: path)
        let wanted = (longest * 80).rounded() / 100
        let faster = try speak(["--fit", "\(wanted)", "-o", path], text)
        #expect(faster.status == 0 && faster.errors.contains("times faster"), "\(faster)")
        let got = try seconds(of: path)
        #expect(got <= wanted && got > wanted * 0.9)
        let refused = try speak(["--fit", "1", "-o", folder + "/b.wav"], text)
        #expect(refused.status == 65 && refused.errors.contains("does not fit"), "\(refused)")
        #expect(try files() == ["a.wav"])
        let allowed = try speak(["--fit", "\(longest * 0.6)", "--fit-limit", "2.5"], text)
        #expect(allowed.status == 0, "\(allowed)")
    }

    @Test func `a text is cut into files of sentences or minutes`() throws {
        let run = try speak(["--split", "sentence", "-O", folder], "One. Two is longer. Three.")
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
        #expect(try files() == ["001.wav", "002.wav", "003.wav"])
        let alone = try speak(["-o", folder + "/two.wav"], "Two is longer.")
        #expect(alone.status == 0)
        let lengths = try ["002", "two"].map { try seconds(of: "\(folder)/\($0).wav") }
        #expect(abs(lengths[0] - lengths[1]) < 0.05)
        let text = String(repeating: "This sentence takes a while to say. ", count: 20)
        let minutes = try speak(["--split", "0.2", "-O", folder, "--format", "flac"], text)
        #expect(minutes.status == 0, "\(minutes)")
        let count = try files().count { $0.hasSuffix(".flac") }
        #expect((3...5).contains(count), "\(count) files")
    }

    @Test(arguments: ["flac", "ogg", "opus", "mp3"])
    func `compressed sound goes to a file and through a pipe`(format: String) throws {
        let path = "\(folder)/a.\(format)"
        let run = try speak(["-o", path], "Hello there, all of you.")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let piped = try speak(["--format", format], "Hello there, all of you.")
        #expect(piped.status == 0, "\(piped)")
        let magic = ["flac": "fLaC", "ogg": "OggS", "opus": "OggS"]
        for bytes in [[UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), piped.output] {
            #expect(bytes.count > 2000)
            if let start = magic[format] { #expect(Array(bytes.prefix(4)) == Array(start.utf8)) }
            if format == "opus" {
                #expect(String(decoding: bytes.prefix(64), as: UTF8.self).contains("OpusHead"))
            }
        }
    }

    @Test func `an interrupt leaves neither sound nor marks nor captions`() throws {
        var running = try RunningTool(
            "speak",
            ["-o", folder + "/x.wav", "--marks", folder + "/m", "--vtt", folder + "/v"])
        try running.write(Array("A first sentence. And the next".utf8))
        for _ in 0..<60_000 where try files().count < 3 { usleep(1000) }
        running.send(signal: SIGTERM)
        #expect(try running.finish().signal == SIGTERM)
        #expect(try files() == [])
    }

    @Test(arguments: [
        ["--split", "sentence"], ["-O", "."], ["--marks", "-", "--vtt", "-"],
        ["--marks", "-", "-o", "-"], ["--ipa", "--phonemes"], ["--fit", "0"], ["--fit", "700"],
        ["--split", "chapter", "-O", ".", "-o", "a.wav"], ["--device", "x", "-o", "a.wav"],
    ])
    func `what cannot be had together is wrong usage`(arguments: [String]) throws {
        let run = try speak(arguments, "Hello.")
        #expect(run.status == 64 && run.output.isEmpty, "\(run)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }
}
