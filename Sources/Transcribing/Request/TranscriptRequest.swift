import Models

/// What is wanted of each recording, apart from where it comes from and how it is written down.
package struct TranscriptRequest: Sendable {
    /// What a window is told of the text before it.
    package enum Context: String, Sendable, CaseIterable {
        /// The text of the speech that goes on: after a silence the model starts afresh.
        case speech
        /// All that was said in the recording.
        case always
        case never
    }

    /// How the recogniser searches.
    package var recognition = RecognitionOptions()
    /// The code of the language; nil has it told for each window.
    package var language: String?
    package var context = Context.speech
    /// Windows that are decoded side by side.
    package var jobs = 1
    /// When what was written over sound without speech is withheld.
    package var inventions = InventionRules()
    /// Names of the channels, each of which is a speaker; empty mixes them.
    package var speakers: [String] = []
    /// Where in the recording the sound begins that is heard; times count from the recording's own
    /// start.
    package var startSeconds = 0.0

    package init() {}
}
