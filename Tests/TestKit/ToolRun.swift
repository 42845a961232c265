import Foundation

/// One run of a built tool from outside: bytes in; bytes, sentences and a status out.
///
///     let run = try ToolRun.run("speak", ["--rate", "200"], input: Array("Hello.".utf8))
///     #expect(run.status == 0, "\(run)")
package enum ToolRun {
    package struct Result: Sendable, CustomStringConvertible {
        /// The command line, for the report of a failure.
        package let command: [String]
        /// The exit status; 128 plus the signal's number where a signal ended the run, as in a shell.
        package let status: Int32
        /// The signal that ended the run.
        package let signal: Int32?
        /// What came on standard output; empty where that was a file.
        package let output: [UInt8]
        /// What came on standard error, invalid UTF-8 repaired.
        package let errors: String
        /// By the clock, for the report of a failure; it says more about the machine than the tool.
        package let seconds: Double

        /// Standard output as text, invalid UTF-8 repaired.
        package var text: String { String(decoding: output, as: UTF8.self) }

        package var description: String {
            let ending = signal.map { "signal \($0)" } ?? "status \(status)"
            let shown = String(decoding: output.prefix(2000), as: UTF8.self)
            return """
                \(command.joined(separator: " "))
                ended with \(ending) after \(seconds) s
                --- output, \(output.count) bytes
                \(shown)
                --- errors
                \(errors)
                """
        }
    }

    /// Runs a tool to its end.
    ///
    /// - Parameters:
    ///   - tool: the name of an executable of the build folder; a path where it holds a slash.
    ///   - arguments: without the tool's own name.
    ///   - input: all of standard input.
    ///   - environment: added to the environment of the tests.
    ///   - output: where standard output goes.
    ///   - folder: the working folder; that of the tests by default.
    ///   - timeoutSeconds: after which the run is killed and counts as failed.
    /// - Returns: everything that came back.
    /// - Throws: `RunningTool.Failure` where the tool cannot be started or does not end.
    package static func run(
        _ tool: String, _ arguments: [String], input: [UInt8] = [],
        environment: [String: String] = [:], output: RunningTool.Output = .captured,
        folder: String? = nil, timeoutSeconds: Double = RunningTool.hangSeconds
    ) throws -> Result {
        var running = try RunningTool(
            tool, arguments, environment: environment, output: output, folder: folder)
        return try running.finish(input: input, timeoutSeconds: timeoutSeconds)
    }

    /// The folder of the build that these tests belong to: `CURBCUT_TOOLS`, else where the tests'
    /// own executable lies.
    package static let buildFolder: String = {
        if let named = ProcessInfo.processInfo.environment["CURBCUT_TOOLS"] { return named }
        let files = FileManager.default
        let executable =
            (try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments.first ?? ""
        let candidates =
            ([executable] + CommandLine.arguments).filter { $0.contains("/") }
            .flatMap { above($0) } + [Repository.folder + "/.build/release"]
        return candidates.first { files.isExecutableFile(atPath: $0 + "/speak") }
            ?? candidates.first ?? "."
    }()

    /// The three folders over a path, nearest first.
    private static func above(_ path: String) -> [String] {
        var url = URL(fileURLWithPath: path)
        return (0..<3).map { _ in
            url.deleteLastPathComponent()
            return url.path
        }
    }
}
