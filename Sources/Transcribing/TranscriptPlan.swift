import Audio
import Models

/// Everything that a run of `transcribe` was asked for.
package struct TranscriptPlan: Sendable {
    package var request = TranscriptRequest()
    package var models: SpeechModelChoice
    package var cutting = CuttingRules()
    /// What the sound is, where it has no header to say so.
    package var raw: RawSoundFormat?
    package var selection = SoundSelection()
    package var format = TranscriptFormat.text
    package var style = TranscriptStyle()
    /// Nil where recordings are written down as fast as they can be read.
    package var live: Live?
    /// Whether only the language is told.
    package var detectsLanguage = false
    /// Whether to say on stderr how far a recording is.
    package var tellsProgress = false

    /// How speech is written down while it is spoken.
    package struct Live: Sendable {
        /// How much has to be heard before speech is decoded again.
        package var stepSeconds: Double
        /// Whether words are said before they are settled.
        package var showsPartials: Bool

        package init(stepSeconds: Double, showsPartials: Bool) {
            self.stepSeconds = stepSeconds
            self.showsPartials = showsPartials
        }
    }

    package init(models: SpeechModelChoice) {
        self.models = models
    }
}
