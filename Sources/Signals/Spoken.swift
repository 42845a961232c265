/// A word that was heard, and when.
package struct SpokenWord: Sendable, Equatable {
    /// With the punctuation that belongs to it, and the space before it where there is one.
    package var text: String
    package var range: TimeRange
    /// Mean of its tokens' probabilities, 0 to 1; nil where the model gives none.
    package var probability: Float?

    package init(text: String, range: TimeRange, probability: Float? = nil) {
        self.text = text
        self.range = range
        self.probability = probability
    }
}

/// A sentence or a part of one that was heard, and how sure the model was.
package struct SpokenSegment: Sendable, Equatable {
    /// As written by the model, often with a space before it.
    package var text: String
    package var range: TimeRange
    /// Empty where nobody asked for the times of words.
    package var words: [SpokenWord]
    /// The code of what was spoken, "en"; nil where unknown.
    package var language: String?
    /// Who spoke, "left"; nil where unknown.
    package var speaker: String?
    /// What the decoder thought of the window that this stands in; nil without a decoder.
    package var evidence: Evidence?

    /// How a window was decoded.
    package struct Evidence: Sendable, Equatable {
        /// Mean over the tokens of the natural logarithm of each one's probability.
        package var meanLogProbability: Float
        /// Bytes of the text over its bytes compressed: high for repetition.
        package var compressionRatio: Float
        /// That nobody speaks, 0 to 1.
        package var noSpeechProbability: Float
        /// Of the sampling; 0 where the likeliest tokens were taken.
        package var temperature: Float

        package init(
            meanLogProbability: Float, compressionRatio: Float, noSpeechProbability: Float,
            temperature: Float
        ) {
            self.meanLogProbability = meanLogProbability
            self.compressionRatio = compressionRatio
            self.noSpeechProbability = noSpeechProbability
            self.temperature = temperature
        }
    }

    package init(
        text: String, range: TimeRange, words: [SpokenWord] = [], language: String? = nil,
        speaker: String? = nil, evidence: Evidence? = nil
    ) {
        self.text = text
        self.range = range
        self.words = words
        self.language = language
        self.speaker = speaker
        self.evidence = evidence
    }
}
