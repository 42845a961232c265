import ArgumentParser

/// Which part of a recording or a film is wanted.
package struct SpanOptions: ParsableArguments {
    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Begin here: seconds, 1:30 or 1:02:03.", valueName: "time"))
    var from: ClockTime?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("End here; times still count from the beginning.", valueName: "time"))
    var to: ClockTime?

    package init() {}

    package func validate() throws {
        if let to, to.seconds <= fromSeconds {
            throw ValidationError("--to has to be later than --from.")
        }
    }

    /// Whether not simply all is wanted.
    package var isGiven: Bool { from != nil || to != nil }

    package var fromSeconds: Double { from?.seconds ?? 0 }

    /// Nil for the end.
    package var toSeconds: Double? { to?.seconds }
}
