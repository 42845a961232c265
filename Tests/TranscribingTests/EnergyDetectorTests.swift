import Models
import Signals
import TestKit
import Testing
import Transcribing

@Suite struct EnergyDetectorTests {
    /// The probability of each chunk.
    private func weighed(_ sound: [Float]) -> [Float] {
        var detector = EnergyDetector()
        let size = detector.chunkSamples
        return stride(from: 0, through: sound.count - size, by: size).map {
            detector.speechProbability(of: Array(sound[$0..<($0 + size)]))
        }
    }

    /// Of chunks at 0.5 or above.
    private func spokenShare(_ sound: [Float]) -> Double {
        let probabilities = weighed(sound)
        return Double(probabilities.count { $0 >= 0.5 }) / Double(probabilities.count)
    }

    @Test func `digital silence is never speech`() {
        #expect(weighed(Sounds.silence(5)).allSatisfy { $0 == 0 })
        let afterSpeech = weighed(Sounds.voice(2) + Sounds.silence(1))
        #expect(afterSpeech.suffix(60).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [0.2, 0.02, 0.005] as [Float])
    func `syllables are speech, loud or low`(level: Float) {
        let sound = Sounds.mixed(Sounds.voice(4, level: level), Sounds.hiss(4, level: level / 100))
        #expect(spokenShare(sound) > 0.9)
    }

    @Test func `syllables in hiss are speech`() {
        // Peaks of the voice are four times the hiss.
        let sound = Sounds.mixed(
            Sounds.silence(1) + Sounds.voice(3), Sounds.hiss(4, level: 0.05))
        #expect(spokenShare(Array(sound.dropFirst(Sounds.seconds(1.2)))) > 0.8)
    }

    @Test(arguments: [0.3, 0.01, 0.001] as [Float])
    func `steady hiss, hum, tones and clicks are not speech`(level: Float) {
        #expect(spokenShare(Sounds.hiss(6, level: level)) == 0)
        #expect(spokenShare(Sounds.hum(6, level: level)) == 0)
        #expect(spokenShare(Sounds.tone(6, hertz: 440, level: level)) == 0)
        #expect(spokenShare(Sounds.tone(6, hertz: 1000, level: level)) == 0)
        #expect(spokenShare(Sounds.clicks(6, every: 0.4, level: level)) == 0)
    }

    @Test func `hiss that comes and goes is not speech`() {
        let bursts = (0..<8).flatMap { i in
            Sounds.hiss(0.3, level: 0.2, seed: UInt64(i)) + Sounds.hiss(0.5, level: 0.001)
        }
        #expect(spokenShare(bursts) == 0)
    }

    @Test func `samples that are no numbers count as silence`() {
        let broken: [Float] = [.nan, .infinity, -.infinity, -.nan]
        let none = weighed((0..<16_000).map { broken[$0 % 4] })
        #expect(none.allSatisfy { $0 == 0 })
        let wild: [Float] = [3e38, -3e38, Float.leastNonzeroMagnitude, 7]
        let probabilities = weighed((0..<16_000).map { wild[$0 * 7 / 3 % 4] } + Sounds.voice(1))
        #expect(probabilities.allSatisfy { (0...1).contains($0) })
    }

    @Test func `the same sound is weighed the same by every fresh detector`() {
        let sound = Sounds.mixed(Sounds.voice(2), Sounds.hiss(2, level: 0.02))
        #expect(weighed(sound) == weighed(sound))
    }
}
