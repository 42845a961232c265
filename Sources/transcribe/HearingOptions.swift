import ArgumentParser
import Transcribing

/// When sound counts as speech, and where it is cut.
struct HearingOptions: ParsableArguments {
    // Unconditional, here and below: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Speech begins where the detector is this sure, 0 to 1.", valueName: "probability"))
    var speechThreshold = CuttingRules().speechThreshold

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Speech ends where the detector is less sure than that by so much.",
            valueName: "probability"))
    var speechHysteresis = CuttingRules().hysteresis

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Shorter speech is taken for a noise, unless it reaches --sure-speech.",
            valueName: "seconds"))
    var minSpeech = CuttingRules().minimumSpeechSeconds

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Speech that the detector is so sure of is heard however short it is.",
            valueName: "probability"))
    var sureSpeech = CuttingRules().sureProbability

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A shorter pause is part of the speech around it.", valueName: "seconds"))
    var minPause = CuttingRules().minimumSilenceSeconds

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A longer silence parts speech into windows of their own.", valueName: "seconds"))
    var minSilence = CuttingRules().pieceGapSeconds

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Sound kept before and after speech.", valueName: "seconds"))
    var padding = CuttingRules().paddingSeconds

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Sound that never exceeds this is silence, whatever the detector says; 1 is full scale.",
            valueName: "amplitude"))
    var silencePeak = SilenceGate().peak

    func validate() throws {
        for (name, value) in [
            ("--speech-threshold", speechThreshold), ("--speech-hysteresis", speechHysteresis),
            ("--sure-speech", sureSpeech), ("--silence-peak", silencePeak),
        ] where !(0...1).contains(value) {
            throw ValidationError("\(name) takes a number from 0 to 1.")
        }
        for (name, value) in [
            ("--min-speech", minSpeech), ("--min-pause", minPause), ("--min-silence", minSilence),
            ("--padding", padding),
        ] where !(0...30).contains(value) {
            throw ValidationError("\(name) takes seconds from 0 to 30.")
        }
    }

    var rules: CuttingRules {
        var rules = CuttingRules()
        rules.speechThreshold = speechThreshold
        rules.hysteresis = speechHysteresis
        rules.minimumSpeechSeconds = minSpeech
        rules.sureProbability = sureSpeech
        rules.minimumSilenceSeconds = minPause
        rules.pieceGapSeconds = minSilence
        rules.paddingSeconds = padding
        rules.silenceGate = SilenceGate(peak: silencePeak)
        return rules
    }
}
