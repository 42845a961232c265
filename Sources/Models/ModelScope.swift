import Glibc
import Inference
import ModelStore

/// How far a model is believed, where that is less far than its kind is.
///
/// Stands in `generation_config.json` as the object "curbcut", a field of our own that other
/// programs pass over: "knows" in words, "abstain_below", a probability, and "tells_silence".
package struct ModelScope: Sendable, Equatable {
    /// All that it was taught, "synthetic speech"; nil where it was taught what its kind is taught.
    package let knows: String?
    /// A text that is less likely than this as a whole is not said; 0 lets every text be said.
    package let leastProbability: Double
    /// Whether a recogniser was taught to write nothing where nobody speaks.
    package let tellsSilence: Bool

    /// Of a model that says nothing of it.
    package static let unlimited = ModelScope(
        knows: nil, leastProbability: 0, tellsSilence: false)

    private init(knows: String?, leastProbability: Double, tellsSilence: Bool) {
        self.knows = knows
        self.leastProbability = leastProbability
        self.tellsSilence = tellsSilence
    }

    /// - Parameter folder: an installed model; without `generation_config.json` it is unlimited.
    /// - Throws: `ConfigurationError` for a field of another type, or a probability that is none.
    package init(_ folder: ModelFolder) throws(ConfigurationError) {
        guard let path = folder.path(of: "generation_config.json") else {
            self = .unlimited
            return
        }
        let file = try Configuration(file: path).section("curbcut", isOptional: true)
        let knows = try file.text("knows", default: "")
        leastProbability = try file.number("abstain_below", default: 0)
        guard (0...1).contains(leastProbability) else {
            throw file.unfit("abstain_below", expected: "a probability from 0 to 1")
        }
        tellsSilence = try file.optionalFlag("tells_silence") ?? false
        self.knows = knows.isEmpty ? nil : knows
    }
}

extension ModelScope {
    /// Whether a text is likely enough, and is one at all, to be said.
    func lets(_ description: Description) -> Bool {
        guard leastProbability > 0 else { return true }
        // The end is a token too: a text of one token is empty.
        return description.tokenCount > 1 && description.probability >= leastProbability
    }
}

extension Description {
    /// Of the whole text, each token after those before it.
    fileprivate var probability: Double {
        exp(Double(meanLogProbability) * Double(tokenCount))
    }

    /// The same doubt, without the words.
    var withheld: Description {
        Description(text: "", meanLogProbability: meanLogProbability, tokenCount: tokenCount)
    }
}
