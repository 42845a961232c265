import ArgumentParser
import Glibc

/// Where a tool's answer goes: standard output, or a file that appears whole or not at all.
package struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write to FILE, which appears only when it is complete. - is standard output.",
            valueName: "file"),
        completion: .file())
    package var output: String?

    @Flag(help: "With -o: do nothing, successfully, where the output file is already there.")
    package var skipExisting = false

    package init() {}

    package func validate() throws {
        if output?.isEmpty == true {
            throw ValidationError("-o needs the name of a file.")
        }
        if skipExisting && (output ?? "-") == "-" {
            throw ValidationError("--skip-existing needs -o with the name of a file.")
        }
    }
}

extension OutputOptions {
    /// True where `--skip-existing` leaves nothing to do.
    package var isAlreadyDone: Bool {
        guard skipExisting, let output else { return false }
        return System.status(of: output) != nil
    }

    /// Opens the output, lets `body` write to it, and completes it.
    ///
    /// Where some of several inputs failed, the file holds what came of the others. Where the only
    /// input failed, or anything else is thrown, no file appears and an older one stays.
    ///
    /// - Parameter body: writes the answer.
    /// - Throws: `OutputError`, and what `body` throws.
    package func withOutput(_ body: (inout Output) throws -> Void) throws {
        if isAlreadyDone { return }
        var target = try output == nil || output == "-" ? Output() : Output(file: output ?? "-")
        do {
            try body(&target)
        } catch let failed as SomeInputsFailed where failed.hasAnswers {
            try target.finish()
            throw failed
        }
        try target.finish()
    }
}
