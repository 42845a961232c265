import ArgumentParser
import Transcribing

/// Speech written down while it is spoken.
struct LiveOptions: ParsableArguments {
    @Flag(help: "Write words as soon as two decodings of the sound so far agree on them.")
    var live = false

    @Flag(
        help: "With --live: also what is not settled yet, on stderr or, with jsonl, as objects.")
    var partials = false

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --live: decode again after so many seconds of sound. Default: 1.",
            valueName: "seconds"))
    var step: Double?

    func validate() throws {
        if !live && (partials || step != nil) {
            throw ValidationError("--partials and --step need --live.")
        }
        if let step, !(0.2...30).contains(step) {
            throw ValidationError("--step takes seconds from 0.2 to 30.")
        }
    }

    var plan: TranscriptPlan.Live? {
        live ? TranscriptPlan.Live(stepSeconds: step ?? 1, showsPartials: partials) : nil
    }
}
