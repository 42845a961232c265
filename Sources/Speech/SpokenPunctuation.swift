/// Which punctuation marks are named, "comma", and not only heard as a pause.
package enum SpokenPunctuation: String, Sendable, CaseIterable {
    case none
    /// Brackets, quotation marks and the signs of programs; not what every sentence has.
    case some
    case all

    /// As the engine numbers them.
    package var engineValue: Int32 {
        switch self {
        case .none: 0
        case .all: 1
        case .some: 2
        }
    }

    /// What `some` names.
    package static let someMarks = "()[]{}<>\"“”«»/\\|@#$%^&*_+=~`"
}

/// How a capital letter is heard.
package enum SpokenCapitals: String, Sendable, CaseIterable {
    case none
    /// A click before the word.
    case click
    /// "capital" before the word.
    case word
    /// The word in a higher voice.
    case pitch

    /// As the engine numbers them; above 2 it is how many hertz higher.
    package var engineValue: Int32 {
        switch self {
        case .none: 0
        case .click: 1
        case .word: 2
        case .pitch: 20
        }
    }
}
