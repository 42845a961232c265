import ArgumentParser

/// How many processor cores a tool may use.
package struct ThreadOptions: ParsableArguments {
    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        name: .customLong("threads"), parsing: .unconditional,
        help: ArgumentHelp(
            "How many threads compute. Default: one for each core that this process may use.",
            valueName: "count"))
    package var count: Int?

    package init() {}

    package func validate() throws {
        if let count, !(1...1024).contains(count) {
            throw ValidationError("--threads takes a number from 1 to 1024, not \(count).")
        }
    }
}
