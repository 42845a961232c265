import Foundation
import Signals
import Speech
import TestKit
import Testing

@Suite struct VoiceFileTests {
    private func parse(_ text: String) throws -> VoiceFile {
        try VoiceFile(parsing: Array(text.utf8), fileName: "folder/test")
    }

    @Test func `comments, blank lines and line ends of any kind are fine`() throws {
        let voice = try parse("// for tests\r\n\r\nlanguage en-gb\r\n# more\npitch\t80  120\n")
        #expect(voice.name == "test")
        #expect(voice.summary == "for tests")
        #expect(voice.language == "en-gb")
        #expect(voice.text == "language en-gb\npitch 80 120\n")
    }

    static let faults: [(String, Int, VoiceFileError.Fault)] = [
        ("language en\npich 1 2", 2, .unknown("pich", similar: ["pitch"])),
        ("mbrola en1 en1_phtrans", 1, .refused("mbrola")),
        ("language en\n\ndictionary ../../x", 3, .refused("dictionary")),
        ("phonemes en-us", 1, .refused("phonemes")),
        ("replace 1 a b", 1, .refused("replace")),
        ("pitch 80", 1, .count("pitch", 2...2, found: 1)),
        ("pitch 80 high", 1, .malformed("pitch", "high")),
        ("pitch 80 99999999999999999999", 1, .malformed("pitch", "99999999999999999999")),
        ("pitch 9999 80", 1, .outOfRange("pitch", 9999, 20...600)),
        ("pitch 80 9999", 1, .outOfRange("pitch", 9999, 64...600)),
        // The engine died of what this voice was to say at a lower pitch.
        ("pitch 186 87", 1, .outOfRange("pitch", 87, 148...600)),
        ("formant 9 100", 1, .outOfRange("formant", 9, 0...8)),
        ("echo 250 10", 1, .outOfRange("echo", 250, 0...240)),
        ("tone 600 140 1400", 1, .count("tone", 2...8, found: 3)),
        ("language ../../etc", 1, .malformed("language", "../../etc")),
        ("language en%n", 1, .malformed("language", "en%n")),
        ("gender robot", 1, .malformed("gender", "robot")),
        ("language en\nlanguage fr", 2, .repeated("language")),
        ("formant 1 100\nformant 2 100\nformant 1 90", 3, .repeated("formant 1")),
        ("name \u{1}400S", 1, .notPlainText),
        ("// é", 1, .notPlainText),
        ("language en\n//" + String(repeating: "x", count: 199), 2, .lineTooLong(limit: 200)),
    ]

    @Test(arguments: faults)
    func `a fault is found and its line named`(
        text: String, line: Int, fault: VoiceFileError.Fault
    ) {
        let expected = VoiceFileError(file: "folder/test", line: line, fault: fault)
        #expect(throws: expected) { try parse(text) }
        #expect(expected.what.hasPrefix("line \(line) of voice file folder/test "))
        #expect(expected.exitStatus == .damagedInput)
    }

    @Test func `a language is required, and 64 KiB are enough`() {
        #expect(throws: VoiceFileError(file: "folder/test", fault: .noLanguage)) {
            try parse("pitch 80 120")
        }
        #expect(throws: VoiceFileError(file: "folder/test", fault: .tooLarge(limit: 65536))) {
            try parse(String(repeating: "\n", count: 65537))
        }
    }

    @Test func `random bytes and mutated voices are refused or come out within the rules`() throws {
        let source = Array(
            try String(contentsOfFile: Repository.folder + "/voices/calm", encoding: .utf8).utf8)
        var random = SplitMix(seed: 1)
        for _ in 0..<3000 {
            var bytes = source
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let i = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[i] = .random(in: 0...255, using: &random)
                case 1: bytes.insert(.random(in: 0x20...0x7E, using: &random), at: i)
                default: bytes.remove(at: i)
                }
            }
            guard let voice = try? VoiceFile(parsing: bytes, fileName: "m") else { continue }
            // What comes out is its own fixed point: nothing in it is unchecked.
            #expect(
                try VoiceFile(parsing: Array(voice.text.utf8), fileName: "m").text == voice.text)
        }
        for _ in 0..<300 {
            let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(throws: VoiceFileError.self) { try VoiceFile(parsing: bytes, fileName: "r") }
        }
    }

    @Test func `the package's own voices are valid and say what they are for`() throws {
        let found = OwnVoices(chosen: Repository.folder + "/voices", executable: "")
        #expect(found.names.count >= 8 && found.names.contains("describer"), "\(found.names)")
        for name in found.names {
            let voice = try #require(try found.voice(named: name))
            #expect((20...100).contains(voice.summary.count), "\(name)")
            #expect(voice.name == name)
            #expect(!voice.gender.isEmpty)
        }
    }

    @Test(arguments: ["", ".", "..", "../voices/calm", "README.md", "calm\u{0}", "/etc/passwd"])
    func `no name leads out of the folder`(name: String) throws {
        let found = OwnVoices(chosen: Repository.folder + "/voices", executable: "")
        #expect(try found.voice(named: name) == nil)
    }

    @Test func `a missing file, a folder and a device are no voice files`() {
        #expect(throws: VoiceFileError(file: "/none", fault: .missing)) {
            try OwnVoices.voice(at: "/none")
        }
        for path in ["/tmp", "/dev/zero"] {
            #expect(throws: VoiceFileError(file: path, fault: .notAFile)) {
                try OwnVoices.voice(at: path)
            }
        }
    }
}

/// Random numbers that are the same on every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
