import Inference
import ModelStore
import Models
import TestKit

/// The tiny Whisper of `Tests/Fixtures/whisper-tiny/`, made by `make_whisper_fixtures.py`.
struct WhisperFixture {
    let reference: Fixture
    let folder: ModelFolder
    let facts: Expected

    init() throws {
        reference = try Fixture.named("whisper-tiny")
        folder = ModelFolder(path: reference.folder, name: "whisper-tiny")
        facts = try reference.facts(Expected.self)
    }

    func parts(_ precision: Precision = .f32) throws -> Whisper.Parts {
        try Whisper.Parts(folder, precision)
    }

    /// Two seconds of sound.
    func samples() throws -> [Float] { try reference.tensor("samples").values }

    /// What `expected.json` holds.
    struct Expected: Decodable {
        let forced: [Int]
        let silence: Float
        let languages: [String: Float]
        let suppressed: [Int]
        let prompt: String
        let context: [Int]
        let greedy, plain, german, guessed, translated, beam5, beam5_plain, beam3_patient: Decoded
        let prompted, continued, short, beam5_short: Decoded
        let window, window_whole: Window
        let rules: [Rule]
        let ranks: [Rank]
        let ratios: [Ratio]

        struct Decoded: Decodable {
            let tokens: [Int]
            let text: String
            let meanLogProbability: Float
            let noSpeech: Float
            let compressionRatio: Float
            let language: String
        }

        struct Window: Decodable {
            let segments: [Segment]
            let settled: Double

            struct Segment: Decodable {
                let start, end: Double
                let text: String
                let tokens: [Int]
            }
        }

        struct Rule: Decodable {
            let after: [Int]
            let seed: Int
            let boost: Float
            /// First and last of each run of tokens that are left.
            let allowed: [[Int]]
        }

        struct Rank: Decodable {
            let penalty: Float?
            let lengths: [Int]
            let sums: [Float]
            let best: Int
        }

        struct Ratio: Decodable {
            let text: String
            let ratio: Float
        }
    }
}
