import Signals

/// Says in one sentence what a picture shows.
package protocol ImageDescriber: Sendable {
    /// The model's name as users write it after `--model`.
    var name: String { get }
    /// Side in pixels of the square that the model looks at; a larger picture gains nothing.
    var imageSide: Int { get }
    /// All that it was taught, in words, where that is little: then it may say nothing of a picture.
    var scope: String? { get }
    /// - Parameters:
    ///   - image: what to describe
    ///   - prefix: words that the description must begin with
    /// - Returns: the words as the model wrote them, without a full stop; none where it does not
    ///   know what it sees.
    /// - Throws: an `Explained` error where the prefix is too long for the model.
    func describe(_ image: Image, prefix: String?) throws -> Description
}

/// Answers a question about a picture in a few words.
package protocol QuestionAnswerer: Sendable {
    var name: String { get }
    var imageSide: Int { get }
    /// - Parameters:
    ///   - question: plain words, "how many dogs are there?"
    ///   - image: what it is about
    /// - Returns: the answer as the model wrote it.
    /// - Throws: an `Explained` error where the question is too long for the model.
    func answer(_ question: String, about image: Image) throws -> Description
}

/// Tells how alike pictures are in what they show.
package protocol ImageEmbedder: Sendable {
    var name: String { get }
    var imageSide: Int { get }
    /// Pictures at least this alike show the same, as far as anybody needs to be told: the least
    /// `Direction.similarity` of such pictures.
    var sameness: Float { get }
    /// - Parameter image: of any size; what a model does not look at, as the ends of wide ones, counts
    ///   for nothing.
    /// - Returns: what it shows, to be compared with what others show.
    /// - Throws: `ModelError.notFinite` where damaged weights lead to no number.
    func embed(_ image: Image) throws -> Direction
}

/// What a model said, and how sure it was.
package struct Description: Sendable, Equatable {
    package let text: String
    /// Mean over the generated tokens of the natural logarithm of the token's probability.
    package let meanLogProbability: Float
    /// Generated tokens, the end token included.
    package let tokenCount: Int

    package init(text: String, meanLogProbability: Float, tokenCount: Int) {
        self.text = text
        self.meanLogProbability = meanLogProbability
        self.tokenCount = tokenCount
    }
}
