import ArgumentParser
import Models
import Transcribing

/// When sound counts as speech, and when a text is not believed.
struct ThresholdOptions: ParsableArguments {
    // Unconditional, here and below: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Speech begins where the detector is this sure, 0 to 1.", valueName: "probability"))
    var speechThreshold = CuttingRules().speechThreshold

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Shorter speech is taken for a noise, unless the detector is very sure.",
            valueName: "seconds"))
    var minSpeech = CuttingRules().minimumSpeechSeconds

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
            "A text that compresses better than this repeats itself and is tried again.",
            valueName: "ratio"))
    var compressionLimit: Float = 2.4

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A text of a lower mean log-probability is tried again.", valueName: "number"))
    var logProbabilityFloor: Float = -1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Nobody speaks where the model is this sure of it and not of its text.",
            valueName: "probability"))
    var noSpeechLimit: Float = 0.6

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A language that is guessed with less gives way to that of the windows before.",
            valueName: "probability"))
    var languageFloor: Float = 0.5

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A segment of which less is speech is withheld; 0 keeps all.", valueName: "share"))
    var minSpeechShare = InventionRules().minimumSpeechShare

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Of equal segments in a row, so many are too many.", valueName: "count"))
    var maxRepeats = InventionRules().segmentRepetitions

    func validate() throws {
        for (name, value) in [
            ("--speech-threshold", Double(speechThreshold)),
            ("--language-floor", Double(languageFloor)),
            ("--no-speech-limit", Double(noSpeechLimit)), ("--min-speech-share", minSpeechShare),
        ] where !(0...1).contains(value) {
            throw ValidationError("\(name) takes a number from 0 to 1.")
        }
        for (name, value) in [
            ("--min-speech", minSpeech), ("--min-silence", minSilence), ("--padding", padding),
        ] where !(0...30).contains(value) {
            throw ValidationError("\(name) takes seconds from 0 to 30.")
        }
        if !(1...100).contains(compressionLimit) {
            throw ValidationError("--compression-limit takes a number from 1 to 100.")
        }
        if !(-100...0).contains(logProbabilityFloor) {
            throw ValidationError("--log-probability-floor takes a number from -100 to 0.")
        }
        if !(2...1000).contains(maxRepeats) {
            throw ValidationError("--max-repeats takes a number from 2 to 1000, not \(maxRepeats).")
        }
    }

    var cutting: CuttingRules {
        var rules = CuttingRules()
        rules.speechThreshold = speechThreshold
        rules.minimumSpeechSeconds = minSpeech
        rules.pieceGapSeconds = minSilence
        rules.paddingSeconds = padding
        return rules
    }

    func fill(_ request: inout TranscriptRequest) {
        request.recognition.compressionRatioLimit = compressionLimit
        request.recognition.logProbabilityFloor = logProbabilityFloor
        request.recognition.noSpeechLimit = noSpeechLimit
        request.recognition.languageFloor = languageFloor
        request.inventions.minimumSpeechShare = minSpeechShare
        request.inventions.segmentRepetitions = maxRepeats
    }
}
