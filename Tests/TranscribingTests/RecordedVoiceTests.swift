import Foundation
import ModelStore
import Models
import Signals
import TestKit
import Testing
import Transcribing

/// Both detectors over real recordings.
@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct RecordedVoiceTests {
    enum Kind: String, CaseIterable, Sendable { case energy, silero }

    private struct Word: Decodable {
        let start: Double
        let end: Double
    }

    private func detector(_ kind: Kind) throws -> any VoiceDetector {
        switch kind {
        case .energy: EnergyDetector()
        case .silero:
            try Silero.Detector(
                folder: ModelFolder(
                    path: SharedTestData.folder + "/weights/silero-vad", name: "silero-vad"))
        }
    }

    private func pieces(_ sound: [Float], _ kind: Kind) throws -> [SpeechPiece] {
        var cutter = SpeechCutter(
            detector: try detector(kind), rules: CuttingRules(),
            limitSamples: 30 * speechSampleRate)
        return cutter.add(sound) + cutter.finish()
    }

    /// Seconds of pieces.
    private func kept(_ pieces: [SpeechPiece]) -> Double {
        Double(pieces.map(\.samples.count).reduce(0, +)) / Double(speechSampleRate)
    }

    /// The part of the words' time that lies in some ranges.
    private func recall(_ words: [Word], in ranges: [TimeRange]) -> Double {
        let total = words.reduce(0) { $0 + $1.end - $1.start }
        let found = words.reduce(0) { sum, word in
            sum
                + ranges.reduce(0) {
                    $0 + max(0, min(word.end, $1.endSeconds) - max(word.start, $1.startSeconds))
                }
        }
        return found / total
    }

    private func extent(_ piece: SpeechPiece) -> TimeRange {
        let rate = Double(speechSampleRate)
        let end = piece.startSample + piece.samples.count
        return TimeRange(
            startSeconds: Double(piece.startSample) / rate, endSeconds: Double(end) / rate)
    }

    @Test(arguments: Kind.allCases, [0, -30] as [Double])
    func `spoken words lie in the pieces, loud or quiet`(kind: Kind, gain: Double) throws {
        let truth = try JSONDecoder().decode(
            [String: [Word]].self, from: Data(SharedTestData.bytes("speech/word-times.json")))
        #expect(truth.count >= 5)
        let factor = Float(pow(10, gain / 20))
        for (name, words) in truth {
            let sound = try Sounds.recording(name).map { $0 * factor }
            let found = try pieces(sound, kind)
            #expect(recall(words, in: found.map(extent)) >= 0.99, "\(name)")
            // Sounds without a voice at the edges are left to the margins.
            #expect(recall(words, in: found.flatMap(\.speech)) >= 0.88, "\(name)")
        }
    }

    @Test(arguments: Kind.allCases)
    func `noise and silence are next to nothing`(kind: Kind) throws {
        #expect(kept(try pieces(try Sounds.recording("silence_leopard.wav"), kind)) == 0)
        #expect(kept(try pieces(try Sounds.recording("noise/noise2.wav"), kind)) <= 1)
    }

    @Test(
        arguments: Kind.allCases,
        ["en_jfk_16k.wav", "encodings/jfk_noise_10db.wav", "encodings/jfk_mulaw_8k.wav"])
    func `one speech is one piece, in noise and by telephone too`(
        kind: Kind, name: String
    ) throws {
        let found = try pieces(try Sounds.recording(name), kind)
        #expect(found.count == 1)
        // He begins at 0.32 s and ends at 10.5 s.
        let first = try #require(found.first)
        #expect(Double(first.startSample) / 16_000 <= 0.35)
        #expect(Double(first.startSample + first.samples.count) / 16_000 >= 10.4)
    }

    @Test(arguments: Kind.allCases)
    func `a digit spoken alone is heard`(kind: Kind) throws {
        for path in try SharedTestData.files(in: "speech/digits") {
            let name = "digits/" + URL(fileURLWithPath: path).lastPathComponent
            let room = Sounds.hiss(1, level: 1e-4)
            let sound = room + (try Sounds.recording(name)) + room
            #expect(try pieces(sound, kind).count == 1, "\(name)")
        }
    }
}
