import Foundation
import Models
import Signals
import TestKit

/// Sound in which words are bursts: the amplitude says which word it is.
///
/// A recogniser of such sound knows the truth, so what is lost, doubled or moved on the way shows.
struct Burst {
    let word: Int
    let start: Double
    let end: Double
}

/// - Returns: samples at `speechSampleRate`; word n is at amplitude n / 1000.
func sound(of bursts: [Burst], seconds: Double) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * Double(speechSampleRate)))
    for burst in bursts {
        let first = Int(burst.start * Double(speechSampleRate))
        let last = min(samples.count, Int(burst.end * Double(speechSampleRate)))
        for i in first..<max(first, last) { samples[i] = Float(burst.word) / 1000 }
    }
    return samples
}

/// Words of 0.3 s with gaps of 0.1 s; after every `sentence` words a silence.
func bursts(_ count: Int, sentence: Int, silence: Double, from start: Double = 0.5) -> [Burst] {
    var time = start
    return (1...count).map { word in
        defer { time += word.isMultiple(of: sentence) ? 0.3 + silence : 0.4 }
        return Burst(word: word, start: time, end: time + 0.3)
    }
}

/// Hears whole bursts; one that the window cuts is left to the next window, as Whisper does it.
struct BurstRecognizer: SpeechRecognizer {
    var name = "bursts"
    var windowSamples = 10 * speechSampleRate
    var languages = ["en", "de"]
    var canTranslate = false
    var scope: String?
    var tellsSilence = false
    /// Hears nothing in these words, which its language guess is unsure about.
    var unsureWords: Set<Int> = []

    func languageGuesses(of samples: [Float]) -> [LanguageGuess] {
        [LanguageGuess(code: "en", probability: 0.9), LanguageGuess(code: "de", probability: 0.1)]
    }

    func recognize(
        _ windows: [SpeechWindow], _ options: RecognitionOptions
    ) throws -> [Recognition] {
        windows.map { window in
            var segments: [SpokenSegment] = []
            var settled = Double(window.samples.count) / Double(speechSampleRate)
            var i = 0
            while i < window.samples.count {
                let level = window.samples[i]
                let first = i
                while i < window.samples.count, window.samples[i] == level { i += 1 }
                guard level > 0 else { continue }
                let start = Double(first) / Double(speechSampleRate)
                if i == window.samples.count, window.samples.count == windowSamples {
                    settled = start
                    break
                }
                let range = TimeRange(
                    startSeconds: start, endSeconds: Double(i) / Double(speechSampleRate))
                let word = SpokenWord(
                    text: " w\(Int((level * 1000).rounded()))", range: range, probability: 0.9)
                segments.append(SpokenSegment(text: word.text, range: range, words: [word]))
            }
            return Recognition(
                segments: segments, language: window.language ?? "en",
                languageProbability: window.language == nil ? 0.9 : nil, settledSeconds: settled,
                context: window.context + [segments.count],
                evidence: SpokenSegment.Evidence(
                    meanLogProbability: -0.1, compressionRatio: 1, noSpeechProbability: 0,
                    temperature: 0))
        }
    }
}

/// Anything louder than nothing is speech.
struct BurstDetector: VoiceDetector {
    let chunkSamples = 320

    mutating func speechProbability(of chunk: [Float]) -> Float {
        chunk.contains { abs($0) > 1e-6 } ? 1 : 0
    }
}

/// A file of samples without a header, 32-bit floats, one channel after the other in each frame.
func rawFile(_ channels: [[Float]], in folder: TemporaryFolder) throws -> String {
    var bytes: [UInt8] = []
    for i in channels[0].indices {
        for channel in channels {
            let bits = channel[i].bitPattern
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
    }
    return try folder.write("sound.raw", bytes)
}
