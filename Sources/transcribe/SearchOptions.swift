import ArgumentParser
import Models
import Transcribing

/// How words are looked for.
struct SearchOptions: ParsableArguments {
    // Unconditional, here and below: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Weigh so many wordings at once, up to 16; more is slower. Default: what the model's \
            files ask for, else 1.
            """, valueName: "count"))
    var beams: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Where a text fails the tests: try so many at each higher temperature.",
            valueName: "count"))
    var bestOf = 5

    @Flag(help: "Keep the first text, whether it passes the tests or not.")
    var noFallback = false

    @Option(
        help: """
            What a window is told of the text before it: that of the speech that goes on, always, \
            or never.
            """)
    var context = TranscriptRequest.Context.speech

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Decode so many windows side by side: four are a tenth faster, take 80 MB more with whisper-base, and the first words come later.",
            valueName: "count"))
    var jobs = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens to write at most in a window.", valueName: "count"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("Of the sampling at higher temperatures.", valueName: "number"))
    var seed: UInt64 = 0

    func validate() throws {
        for (name, value, range) in [
            ("--beams", beams ?? 1, 1...16), ("--best-of", bestOf, 1...16),
            ("--jobs", jobs, 1...64),
            ("--max-tokens", maxTokens ?? 1, 1...100_000),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(value)."
            )
        }
    }

    func fill(_ request: inout TranscriptRequest) {
        request.recognition.beams = beams
        request.recognition.bestOf = bestOf
        if noFallback { request.recognition.temperatures = [0] }
        request.recognition.maximumTokens = maxTokens
        request.recognition.seed = seed
        request.context = context
        request.jobs = jobs
    }
}

extension TranscriptRequest.Context: ExpressibleByArgument {}
