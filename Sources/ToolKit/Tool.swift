import ArgumentParser
import Glibc
import Signals

/// A command-line tool that either answers on stdout or explains itself on stderr.
///
/// A tool parses, calls and prints; `perform()` throws what went wrong, and this protocol turns
/// it into one sentence and an exit status.
package protocol Tool: ParsableCommand {
    mutating func perform() throws

    /// A command line that works, with which `--help` ends.
    static var example: String? { get }

    /// The name that begins each line on stderr: of a subcommand that of its tool.
    static var name: String { get }
}

extension Tool {
    package static var example: String? { nil }

    package static var name: String { commandWord }

    private static var commandWord: String { configuration.commandName ?? _commandName }

    package var notices: Notices { Notices(tool: Self.name) }

    package mutating func run() throws {
        // A parent may have ignored it; `tool | head` has to end quietly.
        signal(SIGPIPE, SIG_DFL)
        do {
            try perform()
        } catch let error as any Explained {
            notices.failure(error)
            throw ExitCode(error.exitStatus.rawValue)
        } catch let failed as SomeInputsFailed {
            throw ExitCode(failed.firstStatus.rawValue)
        } catch let error where error is ExitCode || error is CleanExit || error is ValidationError
        {
            throw error
        } catch {
            notices.line(
                "our own fault: \(error); please report it with the command that you typed")
            throw ExitCode(ExitStatus.internalFault.rawValue)
        }
    }

    /// Parses and runs; a wrong command line is one sentence too, not a screen of usage.
    package static func main() {
        System.occupyClosedStandardStreams()
        Interruption.explainCrashes(of: name)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            // Already explained, even where the status is that of a wrong command line.
            exit(withError: code)
        } catch  where exitCode(for: error) == .validationFailure {
            let sentence = message(for: error).withItsList
            let subcommand = asked.map { " " + $0.commandWord } ?? ""
            Notices(tool: name).line(
                "\(sentence.startingSmall); for help type: \(name)\(subcommand) --help")
            Glibc.exit(ExitStatus.usage.rawValue)
        } catch  where fullMessage(for: error).hasPrefix("OVERVIEW:") {
            var output = Output()
            let example = asked?.example ?? example
            output.write(fullMessage(for: error) + (example.map { "\nEXAMPLE: \($0)" } ?? ""))
            do {
                try output.endLine()
            } catch {
                Notices(tool: name).failure(error)
                Glibc.exit(error.exitStatus.rawValue)
            }
        } catch {
            exit(withError: error)
        }
    }

    /// The subcommand that the command line names, as its first word.
    private static var asked: (any Tool.Type)? {
        // `help NAME` asks about NAME.
        let word = CommandLine.arguments.dropFirst().first { $0 != "help" }
        return configuration.subcommands.lazy.compactMap { $0 as? any Tool.Type }
            .first { $0.commandWord == word }
    }
}

extension String {
    /// The first line, and where it ends in a colon the list below it.
    fileprivate var withItsList: String {
        let lines = split(separator: "\n")
        let first = String(lines.first ?? "")
        guard first.hasSuffix(":") else { return first }
        let items = lines.dropFirst().map { $0.drop { " -".contains($0) } }
        return first + " " + items.joined(separator: ", ")
    }

    /// The sentence without its capital and its full stop, to go on after a colon.
    fileprivate var startingSmall: String {
        let body = hasSuffix(".") ? dropLast() : self[...]
        return body.prefix(1).lowercased() + body.dropFirst()
    }
}

/// The version that every tool of this package reports.
package let curbcutVersion = "0.1.0"
