import Audio
import Models
import Signals
import ToolKit

/// Tells which language is spoken in a recording.
struct LanguageReport: Sendable {
    private let recognizer: any SpeechRecognizer
    private let allowed: [String]

    /// Windows that are asked: one alone is easily mistaken.
    private static let windowCount = 3

    init(_ recognizer: any SpeechRecognizer, allowed: [String]) {
        self.recognizer = recognizer
        self.allowed = allowed
    }

    /// - Parameters:
    ///   - sound: one channel.
    ///   - cutter: finds the speech in it.
    /// - Returns: the mean of the guesses for the first windows with speech, likeliest first; empty
    ///   where nobody speaks.
    /// - Throws: `SoundInputError`.
    func guesses(
        of sound: inout SoundReader, _ cutter: consuming SpeechCutter
    ) throws -> [LanguageGuess] {
        var sums: [String: Float] = [:]
        var count: Float = 0
        var isOver = false
        while !isOver, count < Float(Self.windowCount) {
            let samples = try sound.read(upTo: speechSampleRate).first ?? []
            isOver = samples.isEmpty
            let pieces = isOver ? cutter.finish() : cutter.add(samples)
            for piece in pieces.prefix(Self.windowCount - Int(count)) {
                let window = Array(piece.samples.prefix(recognizer.windowSamples))
                for guess in recognizer.languageGuesses(of: window) {
                    sums[guess.code, default: 0] += guess.probability
                }
                count += 1
            }
        }
        guard count > 0 else { return [] }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { LanguageGuess(code: $0.key, probability: $0.value / count) }
            .limited(to: allowed)
    }

    /// - Returns: a whole line; nothing in place of a guess about silence.
    static func line(
        _ guesses: [LanguageGuess], _ format: TranscriptFormat, of input: TranscriptWriter.Recording
    ) -> String {
        guard let best = guesses.first else { return "" }
        guard format != .text else {
            let label = input.label.map { $0 + ": " } ?? ""
            return "\(label)\(best.code), \(Int((best.probability * 100).rounded())) percent\n"
        }
        return JSON.object([
            ("input", .string(input.name)), ("model", .string(input.model)),
            ("language", .string(best.code)),
            ("languageProbability", .number(Double(best.probability))),
            (
                "guesses",
                .array(
                    guesses.prefix(5).map {
                        .object([
                            ("language", .string($0.code)),
                            ("probability", .number(Double($0.probability))),
                        ])
                    })
            ),
        ]).line + "\n"
    }
}
