import Models

/// Which language a recording is in, as its windows tell one after the other.
///
/// One window can be mistaken for another language, and would then be written in it; those before
/// it outvote a guess that is not sure.
package struct LanguageVote: Sendable {
    private var votes: [String: Double] = [:]
    /// The least probability at which a guess counts.
    private let floor: Float

    package init(floor: Float) {
        self.floor = floor
    }

    /// - Parameters:
    ///   - language: the code that a window was decoded in.
    ///   - probability: of the guess; nil where the language was given.
    ///   - seconds: how long the window is; long ones weigh more.
    package mutating func add(_ language: String, probability: Float?, seconds: Double) {
        guard let probability, probability >= floor else { return }
        votes[language, default: 0] += Double(probability) * seconds
    }

    /// The language with the most votes; nil before the first that counts.
    package var likeliest: String? {
        // Of equals the first of the alphabet, so that runs agree.
        votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
