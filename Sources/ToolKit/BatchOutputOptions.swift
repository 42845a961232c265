import ArgumentParser

/// Where answers go: all to one place as with `OutputOptions`, or each to a file of its own.
package struct BatchOutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write to FILE, which appears only when it is complete. - is standard output.",
            valueName: "file"),
        completion: .file())
    package var output: String?

    @Option(
        name: [.customShort("O"), .customLong("output-folder")],
        help: ArgumentHelp(
            "Write a file for each input into FOLDER, named after the input.",
            valueName: "folder"),
        completion: .directory)
    package var folder: String?

    @Flag(help: "With -o or -O: leave out what has its output file already.")
    package var skipExisting = false

    package init() {}

    package func validate() throws {
        if output?.isEmpty == true { throw ValidationError("-o needs the name of a file.") }
        if folder?.isEmpty == true { throw ValidationError("-O needs the name of a folder.") }
        if output != nil && folder != nil {
            throw ValidationError("-o and -O are two places for the same answers; choose one.")
        }
        if skipExisting && folder == nil && (output ?? "-") == "-" {
            throw ValidationError("--skip-existing needs -o or -O.")
        }
    }
}

extension BatchOutputOptions {
    /// The one place; standard output where each input has its own file.
    package var single: OutputOptions {
        var single = OutputOptions()
        single.output = output
        single.skipExisting = skipExisting && output != nil
        return single
    }

    /// True where `--skip-existing` leaves nothing to do for an answer of this path.
    package func isAlreadyThere(_ path: String) -> Bool {
        skipExisting && System.status(of: path) != nil
    }
}

/// Lets `body` write a file that appears when it is complete.
///
/// - Parameters:
///   - path: of the file; an older one stays until then.
///   - body: writes the answer; after `PartialAnswer` the file appears too.
/// - Throws: `OutputError`, and what `body` throws.
package func withOutputFile(
    _ path: String, _ body: (inout Output) throws -> Void
) throws {
    var output = try Output(file: path)
    do {
        try body(&output)
    } catch let partial as PartialAnswer {
        try output.finish()
        throw partial
    }
    try output.finish()
}
