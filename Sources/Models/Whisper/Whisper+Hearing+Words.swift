import Inference
import Signals

extension Whisper.Hearing {
    /// Gives segments their words, and the ranges that these have.
    ///
    /// - Parameters:
    ///   - segments: of this window, in order
    ///   - texts: the tokens of each, those alone that stand for text
    ///   - spoken: the language
    ///   - task: what was written
    ///   - settledSeconds: where the next window begins; no word goes on behind it
    ///   - parts: the model
    func addWords(
        to segments: inout [SpokenSegment], _ texts: [[Int]], _ spoken: Whisper.Spoken,
        task: RecognitionOptions.Task, settledSeconds: Double, _ parts: Whisper.Parts
    ) {
        let settings = parts.settings
        let prefix = settings.opening(language: spoken.token, task: task, timestamps: false)
        // The longest texts of a window fit; what a strange setting lets be longer gets no words.
        var room = parts.config.textPositions - prefix.count - 1
        let fitting = texts.prefix { text in
            room -= text.count
            return room >= 0
        }
        guard
            let alignment = parts.decoder.align(
                fitting.flatMap { $0 }, after: prefix, textIDs: 0..<settings.endToken,
                heads: settings.alignmentHeads, memory: memory, columns: positions)
        else { return }
        let tokens = zip(fitting, segments).map {
            Whisper.TokenSegment(tokens: $0, range: $1.range)
        }
        let words = Whisper.timedWords(
            of: tokens, alignment, parts.tokenizer, language: spoken.code)
        let timed = Whisper.timed(
            words, in: tokens.map(\.range), durationSeconds: min(seconds, settledSeconds))
        for (index, segment) in timed.enumerated() {
            segments[index].range = segment.range
            segments[index].words = segment.words
        }
    }
}
