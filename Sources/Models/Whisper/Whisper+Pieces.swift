import Signals

extension Whisper {
    /// A text cut where its times say so.
    ///
    /// Source: `openai/whisper`, `transcribe.py`, `transcribe`, from "consecutive" on.
    package struct Pieces: Sendable, Equatable {
        /// In order; those without length or tokens are left out.
        package var all: [Piece] = []
        /// Up to where the window is settled, from its first sample.
        package var settledSeconds: Double

        package struct Piece: Sendable, Equatable {
            package let range: TimeRange
            /// The times among them.
            package let tokens: [Int]
        }

        /// - Parameters:
        ///   - tokens: a text, without its end token
        ///   - settings: the model's
        ///   - seconds: length of the window's sound
        ///   - isUnfinished: whether no more tokens were allowed, so that what follows the last time is
        ///     not silence. The reference loses what is spoken there.
        package init(
            cutting tokens: [Int], _ settings: Settings, seconds: Double,
            isUnfinished: Bool = false
        ) {
            settledSeconds = seconds
            func isTime(_ index: Int) -> Bool { settings.timestamps.contains(tokens[index]) }
            func time(_ token: Int) -> Double {
                Double(token - settings.timestamps.lowerBound) * Settings.secondsPerTimestamp
            }
            let endsAlone =
                tokens.count >= 2 && isTime(tokens.count - 1) && !isTime(tokens.count - 2)
            var cuts = tokens.indices.dropFirst().filter { isTime($0 - 1) && isTime($0) }
            guard !cuts.isEmpty else {
                // No pair of times: all of it, up to the last time if there is one.
                let last = tokens.last { settings.timestamps.contains($0) }.map(time) ?? 0
                add(tokens, from: 0, to: last > 0 ? last : seconds)
                if isUnfinished, endsAlone, last > 0 { settledSeconds = min(seconds, last) }
                return
            }
            if endsAlone { cuts.append(tokens.count) }
            // A last time that stands alone: nobody speaks after it.
            let isComplete = endsAlone && !isUnfinished
            var begin = 0
            for cut in cuts {
                let part = Array(tokens[begin..<cut])
                // Only times that the rules did not watch over stand elsewhere than at the ends.
                let edges = [part.first, part.last].compactMap(\.self)
                    .map { settings.timestamps.contains($0) ? time($0) : 0 }
                add(part, from: edges[0], to: edges[1])
                begin = cut
            }
            // What follows the last pair is said again by the next window.
            let settled = time(tokens[begin - 1])
            if !isComplete, settled > 0 { settledSeconds = min(seconds, settled) }
        }

        private mutating func add(_ tokens: [Int], from start: Double, to end: Double) {
            guard end > start else { return }
            all.append(
                Piece(range: TimeRange(startSeconds: start, endSeconds: end), tokens: tokens))
        }
    }
}
