import Foundation
import Inference
import ModelStore
import Models
import TestKit
import Testing

/// Fixture: `Tests/Fixtures/silero-tiny/`, made by `make_silero_fixture.py`.
@Suite struct SileroParityTests {
    private static func probabilities(
        _ detector: Silero.Detector, of sound: [Float]
    ) -> [Float] {
        var detector = detector
        let size = detector.chunkSamples
        return stride(from: 0, through: sound.count - size, by: size).map {
            detector.speechProbability(of: Array(sound[$0..<($0 + size)]))
        }
    }

    @Test func `probabilities equal the reference's, chunk after chunk`() throws {
        let reference = try Fixture.named("silero-tiny")
        let detector = try Silero.Detector(
            folder: ModelFolder(path: reference.folder, name: "silero-tiny"))
        #expect(detector.chunkSamples == 64)
        let actual = Self.probabilities(detector, of: try reference.tensor("sound").values)
        // Sums of f32 in another order, fed back 24 times: ten times the gap we measured.
        expectClose(actual, try reference.tensor("probabilities").values, within: 2e-6)
    }

    @Test func `a copy of the detector hears a recording of its own`() throws {
        let reference = try Fixture.named("silero-tiny")
        let fresh = try Silero.Detector(
            folder: ModelFolder(path: reference.folder, name: "silero-tiny"))
        var used = fresh
        _ = used.speechProbability(of: [Float](repeating: 0.5, count: 64))
        let sound = try reference.tensor("sound").values
        let expected = try reference.tensor("probabilities").values
        expectClose(Self.probabilities(fresh, of: sound), expected, within: 2e-6)
        #expect(abs(Self.probabilities(used, of: sound)[0] - expected[0]) > 1e-4)
    }

    @Test func `samples that are no numbers count as silence`() throws {
        let folder = try Fixture.named("silero-tiny").folder
        let fresh = try Silero.Detector(folder: ModelFolder(path: folder, name: "silero-tiny"))
        var strange = fresh
        var silent = fresh
        let broken: [Float] = [.nan, .infinity, -.infinity, .signalingNaN]
        for _ in 0..<3 {
            let odd = strange.speechProbability(
                of: (0..<64).map { $0.isMultiple(of: 2) ? broken[$0 / 2 % 4] : 0 })
            let none = silent.speechProbability(of: [Float](repeating: 0, count: 64))
            #expect(odd == none)
        }
    }

    private static func published() throws -> Silero.Detector {
        try Silero.Detector(
            folder: ModelFolder(
                path: SharedTestData.folder + "/weights/silero-vad", name: "silero-vad"))
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `the published weights give the reference's probabilities`() throws {
        // Every 16th chunk, from numpy in double precision; the graph of make_silero_fixture.py.
        let expected: [Float] = [
            0.01801, 0.99692, 0.99884, 0.99678, 0.99927, 0.0231, 0.0032, 0.99718, 0.99744, 0.02173,
            0.01747, 0.99987, 0.99741, 0.9992, 0.99996, 0.23733, 0.9963, 0.99977, 0.99977, 0.99944,
            0.99696, 0.14562,
        ]
        let detector = try Self.published()
        #expect(detector.chunkSamples == 512)
        let sound = try WaveFile(SharedTestData.bytes("speech/en_jfk_16k.wav")).samples
        let actual = Self.probabilities(detector, of: sound)
        // The truth is rounded to five places; the rest are sums of f32 in another order.
        expectClose(
            stride(from: 0, to: actual.count, by: 16).map { actual[$0] }, expected, within: 1e-4)
    }

    @Test(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
    func `the published weights agree with those of the next version on what is speech`() throws {
        struct Truth: Decodable {
            let speech_probability_per_chunk: [String: [Float]]
        }
        // Made by the ONNX file, whose weights are of another version than the safetensors file's.
        let path = "weights/silero-vad/reference-probabilities.json"
        let truth = try JSONDecoder().decode(Truth.self, from: Data(SharedTestData.bytes(path)))
            .speech_probability_per_chunk
        #expect(truth.count == 4)
        for (name, expected) in truth {
            let sound = try WaveFile(SharedTestData.bytes(name)).samples
            let actual = Self.probabilities(try Self.published(), of: sound)
            let agreed = zip(actual, expected).count { ($0 >= 0.5) == ($1 >= 0.5) }
            #expect(actual.count >= expected.count)
            #expect(Double(agreed) / Double(expected.count) >= 0.95, "\(name)")
        }
    }
}
