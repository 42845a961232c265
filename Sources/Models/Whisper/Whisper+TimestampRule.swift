import Inference

extension Whisper {
    /// Times come in pairs, never run backwards, and no segment between them is empty.
    ///
    /// Source: `openai/whisper`, `decoding.py`, class `ApplyTimestampRules`.
    package struct TimestampRule: Sendable {
        private let timestamps: Range<Int>
        private let endToken: Int
        private let noTimestampsToken: Int
        private let latestFirst: Int?

        package init(_ settings: Settings) {
            timestamps = settings.timestamps
            endToken = settings.endToken
            noTimestampsToken = settings.noTimestampsToken
            latestFirst = settings.latestFirstTimestamp
        }

        /// - Parameters:
        ///   - logits: one per token of the vocabulary; those of forbidden tokens are lost
        ///   - written: the text after the prompt so far
        package func apply(to logits: inout [Float], after written: [Int]) {
            logits[noTimestampsToken] = -.infinity
            let endsInTime = written.last.map(isTime) ?? false
            let paired = written.count < 2 || isTime(written[written.count - 2])
            if endsInTime {
                forbid(paired ? timestamps : 0..<endToken, in: &logits)
            }
            if let last = written.last(where: isTime) {
                // The time that ends a segment may begin the next; any other must move on.
                forbid(
                    timestamps.lowerBound..<(endsInTime && !paired ? last : last + 1), in: &logits)
            }
            if written.isEmpty {
                forbid(0..<timestamps.lowerBound, in: &logits)
                if let latestFirst {
                    let next = min(timestamps.lowerBound + latestFirst + 1, timestamps.upperBound)
                    forbid(next..<timestamps.upperBound, in: &logits)
                }
            }
            // All times together may be likelier than any word.
            let text = 0..<timestamps.lowerBound
            if logSumExp(logits, in: timestamps) > logits[likeliest(logits, in: text)] {
                forbid(text, in: &logits)
            }
        }

        private func isTime(_ token: Int) -> Bool { token >= timestamps.lowerBound }

        private func forbid(_ tokens: Range<Int>, in logits: inout [Float]) {
            for token in tokens { logits[token] = -.infinity }
        }
    }
}
