import Models
import Signals

/// What was learnt of a recording besides its words.
package struct TranscriptReport: Sendable {
    /// How much was heard.
    package var heardSeconds = 0.0
    /// The language that most of it was decoded in; nil where nothing was said.
    package var language: String?
    /// Of the surest guess of that language; nil where the language was given.
    package var languageProbability: Float?
    /// Windows that were decoded.
    package var windowCount = 0
    /// Windows whose text failed every test of the recogniser.
    package var doubtfulCount = 0
    /// Segments that were withheld or shortened, by the reason.
    package private(set) var withheld: [InventionFilter.Reason: Int] = [:]
    /// Segments that another channel says much louder.
    package var echoCount = 0

    package init() {}

    mutating func note(_ findings: [InventionFilter.Finding]) {
        for finding in findings { withheld[finding.reason, default: 0] += 1 }
    }
}
