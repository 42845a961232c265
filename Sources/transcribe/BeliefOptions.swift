import ArgumentParser
import Models
import Transcribing

/// When a text is tried again, and when it is withheld.
struct BeliefOptions: ParsableArguments {
    // Unconditional, here and below: a number below 0 deserves a sentence about numbers.
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
            "Speech that the detector may have missed around what it found.",
            valueName: "seconds"))
    var edgeSlack = InventionRules().edgeSlackSeconds

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Words with times that score so high for being improbable, too short or too long are withheld over silence.",
            valueName: "score"))
    var anomalyLimit = InventionRules().anomalyLimit

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Over silence means that less of the segment is speech.", valueName: "share"))
    var anomalyShare = InventionRules().improbableSpeechShare

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Of equal segments in a row this one is withheld, and those after it.",
            valueName: "count"))
    var maxRepeats = InventionRules().segmentRepetitions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The same for segments of one or two words, which people do repeat.",
            valueName: "count"))
    var maxShortRepeats = InventionRules().shortSegmentRepetitions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A phrase that follows itself so often is written once.", valueName: "count"))
    var maxPhraseRepeats = InventionRules().phraseRepetitions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A word that follows itself so often is written once.", valueName: "count"))
    var maxWordRepeats = InventionRules().wordRepetitions

    func validate() throws {
        for (name, value) in [
            ("--language-floor", Double(languageFloor)),
            ("--no-speech-limit", Double(noSpeechLimit)),
            ("--min-speech-share", minSpeechShare), ("--anomaly-share", anomalyShare),
        ] where !(0...1).contains(value) {
            throw ValidationError("\(name) takes a number from 0 to 1.")
        }
        if !(0...30).contains(edgeSlack) {
            throw ValidationError("--edge-slack takes seconds from 0 to 30.")
        }
        for (name, value) in [
            ("--compression-limit", Double(compressionLimit)), ("--anomaly-limit", anomalyLimit),
        ] where !(1...100).contains(value) {
            throw ValidationError("\(name) takes a number from 1 to 100.")
        }
        if !(-100...0).contains(logProbabilityFloor) {
            throw ValidationError("--log-probability-floor takes a number from -100 to 0.")
        }
        for (name, value) in [
            ("--max-repeats", maxRepeats), ("--max-short-repeats", maxShortRepeats),
            ("--max-phrase-repeats", maxPhraseRepeats), ("--max-word-repeats", maxWordRepeats),
        ] where !(2...1000).contains(value) {
            throw ValidationError("\(name) takes a number from 2 to 1000, not \(value).")
        }
    }

    func fill(_ request: inout TranscriptRequest) {
        request.recognition.compressionRatioLimit = compressionLimit
        request.recognition.logProbabilityFloor = logProbabilityFloor
        request.recognition.noSpeechLimit = noSpeechLimit
        request.recognition.languageFloor = languageFloor
        request.inventions.minimumSpeechShare = minSpeechShare
        request.inventions.edgeSlackSeconds = edgeSlack
        request.inventions.anomalyLimit = anomalyLimit
        request.inventions.improbableSpeechShare = anomalyShare
        request.inventions.segmentRepetitions = maxRepeats
        request.inventions.shortSegmentRepetitions = maxShortRepeats
        request.inventions.phraseRepetitions = maxPhraseRepeats
        request.inventions.wordRepetitions = maxWordRepeats
    }
}
