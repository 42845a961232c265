/// When sound counts as speech, and where a recording is cut into pieces.
///
/// Every number can be set on the command line. Probabilities are a `VoiceDetector`'s, 0 to 1.
package struct CuttingRules: Sendable, Equatable {
    /// Speech begins where the detector is this sure.
    ///
    /// Silero's own default, `get_speech_timestamps`, "threshold".
    package var speechThreshold: Float = 0.5
    /// Speech ends where the detector is less sure than `speechThreshold` minus this.
    ///
    /// Silero's own default, "neg_threshold".
    package var hysteresis: Float = 0.15
    /// Shorter speech is taken for a noise, unless it reaches `sureProbability`.
    ///
    /// Silero's own default, "min_speech_duration_ms".
    package var minimumSpeechSeconds = 0.25
    /// Speech that reaches it stays however short it is: "yes", "no".
    package var sureProbability: Float = 0.95
    /// A shorter pause is part of the speech around it, as between words and at stops.
    package var minimumSilenceSeconds = 0.5
    /// Sound kept before and after speech: detectors are late for sounds without a voice ("s", "k"),
    /// and models want a little room.
    ///
    /// faster-whisper's own default, "speech_pad_ms".
    package var paddingSeconds = 0.4
    /// A longer silence ends the piece, a shorter one stays in it as it stands.
    ///
    /// Every piece costs the recogniser a whole window, however short it is, so pieces should be
    /// full; but over long silence inside of a window models invent words. 2 s is where
    /// faster-whisper parts speech ("min_silence_duration_ms").
    package var pieceGapSeconds = 2.0
    /// Sound whose samples all lie below it is silence whatever the detector says.
    package var silenceGate = SilenceGate()

    package init() {}
}
