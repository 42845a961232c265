import ArgumentParser
import Keeping
import ModelStore
import ToolKit

/// Models: what there is, fetched, checked and kept.
@main
struct Curbcut: Tool {
    static let configuration = CommandConfiguration(
        commandName: "curbcut",
        abstract: "Fetch the models that the other tools use, check them, and keep them.",
        discussion: """
            Only pull uses the network, and only when you type it; CURBCUT_OFFLINE=1 forbids even \
            that. Models are kept in curbcut/models under XDG_DATA_HOME (by default \
            ~/.local/share), or in the first folder of CURBCUT_MODELS.

            Exit status: 0 done; 64 wrong command line; 65 a model's file is damaged; 66 a file is \
            missing; 69 a model is missing or cannot be used, or doctor found the main job broken; \
            74 network or disk failed, and the same command may succeed later. Ctrl-C ends pull \
            with 130 and keeps what came.
            """,
        version: curbcutVersion,
        subcommands: [
            Pull.self, List.self, Where.self, Verify.self, Remove.self, Import.self, Prepare.self,
            Doctor.self,
        ])

    static let example: String? = "curbcut pull whisper-base.en && transcribe talk.mp3"

    func perform() throws { throw CleanExit.helpRequest(self) }
}

/// A part of curbcut, whose sentences begin with the tool's name.
protocol CurbcutCommand: Tool {}

extension CurbcutCommand {
    static var name: String { "curbcut" }

    /// The variables, with where the models are that come with Curbcut.
    var environment: [String: String] { ModelStore.findingShipped(processEnvironment()) }

    /// Waits for work that changes the store; where a signal ends it, that is said, and the process
    /// ends as the signal has it.
    func waiting<Value: Sendable>(
        for work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        do {
            return try Keeping.waiting(for: work)
        } catch let stopped as Stopped {
            notices.line("stopped; \(stopped.outcome)")
            stopped.end()
        }
    }
}

/// Lines, or an object on each.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Write JSON, one object a line.")
    var json = false

    /// Writes one line, in the form that was asked for.
    func write(_ sentence: String, _ object: JSON, to output: inout Output) throws {
        output.write(json ? object.line : sentence.withoutControlCharacters)
        try output.endLine()
    }
}
