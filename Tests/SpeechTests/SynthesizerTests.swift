import Foundation
import Signals
import Speech
import Synchronization
import TestKit
import Testing

/// The one synthesizer that a process may have.
private let engine = Mutex<Synthesizer?>(try? Synthesizer())

@Suite struct SynthesizerTests {
    private let sentence = "The quick brown fox jumps over the lazy dog."

    /// What a voice says, with the usual voice and prosody before and after.
    private func say(
        _ text: String, prosody: Prosody = .usual, voice: String? = nil, file: VoiceFile? = nil
    ) throws -> Waveform {
        try engine.withLock { engine in
            try engine?.use(voice: voice ?? "en")
            if let file { try engine?.use(voice: file) }
            try engine?.use(prosody)
            var sound = Waveform(sampleRate: engine?.sampleRate ?? 1)
            try engine?.speak(SpeakableText(text)) { sound.samples += $0.samples }
            return sound
        }
    }

    private func loudness(_ sound: Waveform) -> Double {
        let energy = sound.samples.reduce(0) { $0 + Double($1) * Double($1) }
        return (energy / Double(max(1, sound.samples.count))).squareRoot()
    }

    /// The frequency of 50 to 250 Hz that half of the sound lies above, as far as it is loud.
    ///
    /// Each fifth of a second is compared with itself at every lag. A longer lag leaves less to
    /// compare, so the period wins over twice the period; the median forgives where it does not.
    private func fundamental(_ sound: Waveform) -> Double {
        let smooth = withoutFormants(sound)
        let length = sound.sampleRate / 5
        let pieces = stride(from: 0, through: smooth.count - length, by: length).map {
            smooth[$0..<$0 + length]
        }
        func likeness(_ x: ArraySlice<Double>, _ lag: Int) -> Double {
            zip(x, x.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let loudest = pieces.map { likeness($0, 0) }.max() ?? 0
        let lags = pieces.filter { likeness($0, 0) > loudest / 4 }.compactMap { x in
            (sound.sampleRate / 250...sound.sampleRate / 50)
                .max { likeness(x, $0) < likeness(x, $1) }
        }
        return lags.isEmpty ? 0 : Double(sound.sampleRate) / Double(lags.sorted()[lags.count / 2])
    }

    /// The mean of 3 ms around each sample: what an open mouth adds, from 250 Hz on, is mostly gone.
    private func withoutFormants(_ sound: Waveform) -> [Double] {
        let width = sound.sampleRate * 3 / 1000
        var sums = [0.0]
        for sample in sound.samples { sums.append(sums[sums.count - 1] + Double(sample) / 32768) }
        return zip(sums, sums.dropFirst(width)).map { ($1 - $0) / Double(width) }
    }

    @Test func `a faster rate is a shorter sound`() throws {
        let seconds = try [80, 130, 175, 300, 450].map {
            try say(sentence, prosody: Prosody(rate: $0, pitch: 50, volume: 100)).durationSeconds
        }
        #expect(seconds == seconds.sorted(by: >) && Set(seconds).count == seconds.count)
        // 9 words at about 175 words a minute.
        #expect((2.0...4.0).contains(seconds[2]), "\(seconds)")
    }

    @Test func `a larger volume is louder, and 0 is silence`() throws {
        let levels = try [0, 50, 100, 200].map {
            loudness(try say(sentence, prosody: Prosody(rate: 175, pitch: 50, volume: $0)))
        }
        #expect(levels == levels.sorted() && levels[0] < 1, "\(levels)")
        #expect(levels[2] > 1.5 * levels[1], "\(levels)")
    }

    @Test func `a higher pitch is a higher tone`() throws {
        let tones = try [20, 60, 100].map {
            fundamental(try say("Aaah.", prosody: Prosody(rate: 80, pitch: $0, volume: 100)))
        }
        #expect(tones == tones.sorted() && tones[2] > 1.3 * tones[0], "\(tones)")
    }

    @Test func `a variant and the own voices sound as they say`() throws {
        let plain = try say(sentence)
        #expect(try say(sentence, voice: "en+f3").samples != plain.samples)
        let own = OwnVoices(chosen: Repository.folder + "/voices", executable: "")
        let calm = try say(sentence, file: own.voice(named: "calm"))
        let brisk = try say(sentence, file: own.voice(named: "brisk"))
        #expect(calm.durationSeconds > plain.durationSeconds)
        #expect(brisk.durationSeconds < 0.75 * plain.durationSeconds)
        let tones = try ["calm", "describer"].map { name in
            fundamental(try say("Aaah.", file: own.voice(named: name)))
        }
        #expect(tones[1] > 1.3 * tones[0], "\(tones)")
    }

    @Test(arguments: ["en", "EN-us", "English (America)", "en-gb", "fr-fr", "de+F3", "yue"])
    func `a voice is found by name, language and title`(name: String) throws {
        try engine.withLock { try $0?.use(voice: name) }
    }

    @Test(arguments: [
        ("en-au", SpeechError.unknownVoice("en-au", similar: ["en", "en-029", "en-gb-scotland"])),
        ("frr", .unknownVoice("frr", similar: ["fr-be", "fr-ch", "ar"])),
        ("", .unknownVoice("", similar: [])),
        ("en+alx", .unknownVariant("alx", similar: ["Alex"])),
        ("en+../../x", .unknownVariant("../../x", similar: [])),
        ("!v/f3", .unknownVoice("!v/f3", similar: [])),
    ])
    func `an unknown voice is an error with what is near, and the old voice stays`(
        name: String, error: SpeechError
    ) throws {
        try engine.withLock { engine in
            try engine?.use(voice: "fr")
            do {
                try engine?.use(voice: name)
                Issue.record("\(name) was taken")
            } catch let found as SpeechError {
                switch (found, error) {
                case (.unknownVoice(let a, _), .unknownVoice(let b, _)),
                    (.unknownVariant(let a, _), .unknownVariant(let b, _)):
                    #expect(a == b)
                default: Issue.record("\(found)")
                }
                #expect(found.exitStatus == .usage)
            }
        }
    }

    @Test func `near names are offered`() throws {
        let found = engine.withLock { $0?.engineVoices }
        let voices = try #require(found)
        #expect(throws: SpeechError.unknownVariant("alx", similar: ["Alex"])) {
            try voices.resolve("en+alx")
        }
        for (typed, near) in [("en-au", "en-gb"), ("englsh", "en-gb"), ("calmm", "calm")] {
            do {
                _ = try voices.resolve(typed, others: ["calm"])
                Issue.record("\(typed) was taken")
            } catch {
                #expect(error.remedy.contains(near), "\(error.remedy)")
            }
        }
    }

    @Test func `a voice file in a language that is not there leaves the old voice`() throws {
        let file = try VoiceFile(parsing: Array("language qqq".utf8), fileName: "q")
        #expect(throws: SpeechError.self) { try say("a", file: file) }
        #expect(try say(sentence).durationSeconds > 1)
    }

    @Test func `numbers out of range are errors that give the range`() {
        #expect(throws: SpeechError.outOfRange(option: "--rate", value: 79, range: 80...450)) {
            try Prosody(rate: 79, pitch: 50, volume: 100)
        }
        #expect(throws: SpeechError.self) { try Prosody(rate: 80, pitch: 101, volume: 100) }
        #expect(throws: SpeechError.self) { try Prosody(rate: 80, pitch: 0, volume: -1) }
    }

    @Test func `what the sink throws stops the speech, and the next text is whole`() throws {
        struct Enough: Error {}
        var chunkCount = 0
        #expect(throws: Enough.self) {
            try engine.withLock { engine in
                try engine?.speak(SpeakableText(sentence)) { _ in
                    chunkCount += 1
                    throw Enough()
                }
            }
        }
        #expect(chunkCount == 1)
        #expect(try say(sentence).durationSeconds > 1)
    }

    @Test(arguments: [
        String(repeating: "A.", count: 1000), String(repeating: "a.", count: 500),
        String(repeating: "a.,", count: 500), String(repeating: "a..", count: 500),
        String(repeating: "a.b. ", count: 200), String(repeating: "a. b.c. d.", count: 100),
        String(repeating: "é.1.", count: 500),
        // The espeak-ng project's own tests of crashes have the like.
        String(repeating: "a . ", count: 200) + String(repeating: "1", count: 32),
        String(repeating: "s'", count: 220), String(repeating: "s’", count: 220),
        String(repeating: "n'", count: 150) + "t", "11-a abc", "\u{1}aaa\u{1}B;;;;;;;;",
        String(repeating: "x", count: 5000), String(repeating: "!", count: 5000),
        "http://x.y/z?q=1</ O'Neil\u{200D}\u{200B}", "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F} 🏴\u{E0067}",
        "[[hello]] <audio src=\"a.wav\"/> \\x01 &amp;",
    ])
    func `text that crashes the library is spoken`(text: String) throws {
        #expect(try say(text).samples.count > 1000)
    }

    @Test func `a second synthesizer is our own mistake`() async {
        await #expect(processExitsWith: .failure) {
            _ = try Synthesizer()
            _ = try Synthesizer()
        }
    }
}
