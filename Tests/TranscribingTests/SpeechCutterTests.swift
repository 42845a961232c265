import Models
import Signals
import TestKit
import Testing
import Transcribing

/// Says of each chunk what a script says.
private struct ScriptedDetector: VoiceDetector {
    let chunkSamples = 160
    /// Seconds of speech.
    var speech: [ClosedRange<Double>]
    var probability: Float = 0.9
    private var heard = 0

    init(_ speech: [ClosedRange<Double>], probability: Float = 0.9) {
        self.speech = speech
        self.probability = probability
    }

    mutating func speechProbability(of chunk: [Float]) -> Float {
        let time = (Double(heard) + 0.5) / 100
        heard += 1
        return speech.contains { $0.contains(time) } ? probability : 0.01
    }
}

@Suite struct SpeechCutterTests {
    private let window = 30 * speechSampleRate

    /// All pieces of a sound that is given in pieces of so many samples.
    private func pieces(
        of sound: [Float], _ detector: (any VoiceDetector)?, rules: CuttingRules = CuttingRules(),
        chunk: Int = 4000
    ) -> [SpeechPiece] {
        var cutter = SpeechCutter(detector: detector, rules: rules, limitSamples: window)
        var pieces: [SpeechPiece] = []
        for start in stride(from: 0, to: sound.count, by: chunk) {
            pieces += cutter.add(Array(sound[start..<min(start + chunk, sound.count)]))
        }
        #expect(cutter.heardSamples == sound.count)
        return pieces + cutter.finish()
    }

    /// Laws that hold for whatever was cut.
    private func expectLawful(_ pieces: [SpeechPiece], of sound: [Float]) {
        var end = 0
        for piece in pieces {
            #expect(piece.startSample >= end)
            end = piece.startSample + piece.samples.count
            #expect(end <= sound.count)
            #expect(!piece.samples.isEmpty && piece.samples.count <= window)
            #expect(piece.samples.elementsEqual(sound[piece.startSample..<end]))
            #expect(!piece.speech.isEmpty)
            var last = Double(piece.startSample) / 16_000
            for range in piece.speech {
                #expect(range.startSeconds >= last && range.durationSeconds > 0)
                last = range.endSeconds
            }
            #expect(last <= Double(end) / 16_000)
        }
    }

    private func seconds(_ pieces: [SpeechPiece]) -> [ClosedRange<Double>] {
        pieces.map { piece in
            let end = Double(piece.startSample + piece.samples.count)
            return Double(piece.startSample) / 16_000...end / 16_000
        }
    }

    @Test func `speech is cut out with its margins`() {
        let sound = Sounds.hiss(10, level: 0.1)
        let found = pieces(of: sound, ScriptedDetector([3...5]))
        expectLawful(found, of: sound)
        #expect(seconds(found) == [2.6...5.4])
        #expect(found[0].speech == [TimeRange(startSeconds: 3, endSeconds: 5)])
        #expect(found[0].isLast)
    }

    @Test func `a pause under two seconds stays inside, a longer one parts`() {
        let sound = Sounds.hiss(20, level: 0.1)
        let found = pieces(of: sound, ScriptedDetector([1...3, 4.5...6, 9...11]))
        expectLawful(found, of: sound)
        #expect(seconds(found) == [0.6...6.4, 8.6...11.4])
        #expect(found[0].speech.count == 2)
        #expect(found.allSatisfy { $0.isLast })
    }

    @Test func `a brief noise is no speech, a brief word is`() {
        let sound = Sounds.hiss(5, level: 0.1)
        #expect(pieces(of: sound, ScriptedDetector([2...2.2], probability: 0.6)).isEmpty)
        let word = pieces(of: sound, ScriptedDetector([2...2.2], probability: 0.97))
        #expect(seconds(word) == [1.6...2.6])
    }

    @Test func `speech at both ends of the recording loses nothing`() {
        let sound = Sounds.hiss(4.005, level: 0.1)
        let found = pieces(of: sound, ScriptedDetector([0...1.0, 3.5...5]))
        expectLawful(found, of: sound)
        #expect(found.first?.startSample == 0)
        #expect(found.last.map { $0.startSample + $0.samples.count } == sound.count)
    }

    @Test func `long speech is cut where it is quietest in the last third`() {
        var sound = Sounds.hiss(50, level: 0.1)
        for i in Sounds.seconds(25)..<Sounds.seconds(25.1) { sound[i] *= 0.01 }
        let found = pieces(of: sound, ScriptedDetector([1...49]))
        expectLawful(found, of: sound)
        #expect(found.count == 2)
        #expect(found.map(\.isLast) == [false, true])
        let cut = seconds(found)[0].upperBound
        #expect((25...25.1).contains(cut))
        #expect(seconds(found)[1].lowerBound == cut)
        #expect(found[0].speech == [TimeRange(startSeconds: 1, endSeconds: cut)])
    }

    @Test func `a full piece is cut in a pause where there is one`() {
        let sound = Sounds.hiss(50, level: 0.1)
        let found = pieces(of: sound, ScriptedDetector([1...24, 25.5...40]))
        expectLawful(found, of: sound)
        #expect(seconds(found) == [0.6...24.4, 25.1...40.4])
        #expect(found.allSatisfy { $0.isLast })
    }

    @Test func `an hour of speech without a pause never exceeds the window`() {
        let sound = Sounds.hiss(200, level: 0.1)
        let found = pieces(of: sound, ScriptedDetector([0...200]))
        expectLawful(found, of: sound)
        #expect(found.count >= 7 && found.count <= 10)
        #expect(found.map(\.samples.count).reduce(0, +) == sound.count)
    }

    @Test func `silent sound is no piece even where the detector fires`() {
        let everywhere = ScriptedDetector([0...100])
        #expect(pieces(of: Sounds.silence(40), everywhere).isEmpty)
        #expect(pieces(of: Sounds.hiss(40, level: 1e-4), everywhere).isEmpty)
        #expect(pieces(of: Sounds.silence(70), nil).isEmpty)
    }

    @Test func `without a detector the stream comes window after window`() {
        let sound = Sounds.hiss(70, level: 0.1)
        let found = pieces(of: sound, nil)
        expectLawful(found, of: sound)
        #expect(seconds(found) == [0...30, 30...60, 60...70])
        #expect(found.map(\.isLast) == [false, false, true])
    }

    @Test(arguments: [1, 100, 257, 16_001, 1_000_000])
    func `pieces do not depend on how the stream is split`(chunk: Int) {
        let sound =
            Sounds.hiss(3, level: 0.002) + Sounds.voice(36) + Sounds.hiss(3, level: 0.002)
            + Sounds.voice(1.5) + Sounds.hiss(2.5, level: 0.002)
        let whole = pieces(of: sound, EnergyDetector(), chunk: sound.count)
        let split = pieces(of: sound, EnergyDetector(), chunk: chunk)
        expectLawful(split, of: sound)
        #expect(split.map(\.startSample) == whole.map(\.startSample))
        #expect(split.map(\.samples) == whole.map(\.samples))
        #expect(split.map(\.speech) == whole.map(\.speech))
        #expect(split.map(\.isLast) == whole.map(\.isLast))
        #expect(whole.count == 3)
    }

    @Test func `samples that are no numbers become silence`() {
        var sound = Sounds.hiss(5, level: 0.1)
        sound[Sounds.seconds(3)] = .nan
        sound[Sounds.seconds(3) + 1] = -.infinity
        let found = pieces(of: sound, ScriptedDetector([2...4]))
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.samples.allSatisfy(\.isFinite) })
        #expect(found[0].samples[Sounds.seconds(3) - found[0].startSample] == 0)
    }

    @Test func `the open piece can be seen while it grows`() {
        var cutter = SpeechCutter(
            detector: ScriptedDetector([1...5]), rules: CuttingRules(), limitSamples: window)
        #expect(cutter.add(Sounds.hiss(0.9, level: 0.1)).isEmpty)
        #expect(cutter.pending == nil)
        #expect(cutter.add(Sounds.hiss(1.1, level: 0.1)).isEmpty)
        #expect(cutter.pending?.startSample == Sounds.seconds(0.6))
        #expect(cutter.pending?.samples.count == Sounds.seconds(2) - Sounds.seconds(0.6))
        #expect(cutter.pending?.speech == [TimeRange(startSeconds: 1, endSeconds: 2)])
        #expect(cutter.add(Sounds.hiss(6, level: 0.1)).count == 1)
        #expect(cutter.pending == nil)
    }

    @Test func `memory holds little more than a window of ten hours`() {
        struct Rare: VoiceDetector {
            let chunkSamples = 16_000
            var heard = 0
            mutating func speechProbability(of chunk: [Float]) -> Float {
                heard += 1
                return heard / 100 % 2 == 0 || heard % 7 == 0 ? 0.9 : 0
            }
        }
        var cutter = SpeechCutter(detector: Rare(), rules: CuttingRules(), limitSamples: window)
        let minute = Sounds.hiss(60, level: 0.1)
        var most = 0
        for _ in 0..<600 {
            for piece in cutter.add(minute) { #expect(piece.samples.count <= window) }
            most = max(most, cutter.heldSamples)
        }
        #expect(cutter.heardSamples == 600 * minute.count)
        #expect(most <= window + 4 * speechSampleRate)
    }

    @Test(arguments: 0..<40)
    func `whatever is spoken, pieces are lawful and hold all speech`(seed: Int) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        var script: [ClosedRange<Double>] = []
        var time = 0.0
        while time < 120 {
            let start = time + Double.random(in: 0.02...4, using: &numbers)
            time =
                start + Double.random(in: 0.05...(seed.isMultiple(of: 3) ? 45 : 6), using: &numbers)
            script.append(start...time)
        }
        var rules = CuttingRules()
        rules.paddingSeconds = Double.random(in: 0...2, using: &numbers)
        rules.minimumSilenceSeconds = Double.random(in: 0...2, using: &numbers)
        rules.pieceGapSeconds = Double.random(in: 0...4, using: &numbers)
        let sound = Sounds.hiss(121.003, level: 0.1)
        let found = pieces(of: sound, ScriptedDetector(script, probability: 0.97), rules: rules)
        expectLawful(found, of: sound)
        for spoken in script where spoken.upperBound < 121 {
            let middle = (spoken.lowerBound + spoken.upperBound) / 2
            #expect(seconds(found).contains { $0.contains(middle) })
        }
    }
}
