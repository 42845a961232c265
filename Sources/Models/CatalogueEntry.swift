/// A model that can be installed.
package struct CatalogueEntry: Sendable, Equatable {
    package enum Task: Sendable { case describing, answering, transcribing, detecting, comparing }

    /// As users write it after `--model`.
    package let name: String
    /// Its owner and name on Hugging Face; nil for one that is published elsewhere, or comes with
    /// Curbcut.
    package let repository: String?
    /// Where in the repository its weights are as safetensors: a branch, a tag or a commit.
    package var revision = "main"
    package let task: Task
    package let licence: String
    /// Of its weights in the published type; nil where that is not known here, and the hub says it.
    package let megabytes: Int?
    /// What it does, as the end of a sentence: "describes a picture in one English sentence".
    package let purpose: String
    /// How good it was found to be; nil where no published figure is known here.
    package var score: PublishedScore? = nil
    /// Files that lie at GitHub instead of on the hub.
    package var pinned: PinnedFiles? = nil
    /// Whether it is taken only where a user names it, because what it knows is no use to most.
    package var isTakenOnlyByName = false

    /// What `curbcut pull` takes; nil for a model that comes with Curbcut.
    package var pulledAs: String? { repository == nil && pinned == nil ? nil : name }
}

/// How good a model is, as somebody published it.
package struct PublishedScore: Sendable, Equatable {
    package enum Measure: String, Sendable {
        /// Words in a hundred that are wrong; lower is better.
        case wordErrorRate = "WER"
        /// Agreement of captions with those of people; higher is better.
        case captionAgreement = "CIDEr"
        /// Answers in a hundred that agree with those of people; higher is better.
        case answerAccuracy = "accuracy"
        /// Pictures in a hundred that are given the right one of many names; higher is better.
        case namingAccuracy = "top-1"
    }

    package let measure: Measure
    package let value: Double
    /// What was tried, and who says so.
    package let source: String

    /// "WER 8.59 per cent, lower is better (…)".
    package var sentence: String {
        switch measure {
        case .wordErrorRate: "word error rate \(value) per cent, lower is better (\(source))"
        case .captionAgreement: "CIDEr \(value), higher is better (\(source))"
        case .answerAccuracy: "\(value) per cent of answers right (\(source))"
        case .namingAccuracy: "\(value) per cent of pictures named rightly (\(source))"
        }
    }
}

/// Files of one commit of a GitHub repository, whose digests are known here.
///
/// Of models on the hub no digest is pinned: the hub itself gives size and digest of each file of
/// a commit.
package struct PinnedFiles: Sendable, Equatable {
    package struct File: Sendable, Equatable {
        /// Inside the repository.
        package let path: String
        package let byteCount: Int
        /// SHA-256 in hexadecimal digits.
        package let sha256: String
    }

    /// Owner and name.
    package let repository: String
    /// Forty hexadecimal digits.
    package let commit: String
    package let files: [File]
}
