import ArgumentParser
import Glibc
import Signals

/// One input, read whole.
package struct Input: Sendable {
    /// As the user named it; `-` is standard input.
    package let name: String
    /// The name where output has to say which input it belongs to; nil where there is but one.
    package let label: String?
    package let bytes: [UInt8]

    package init(name: String, label: String?, bytes: [UInt8]) {
        self.name = name
        self.label = label
        self.bytes = bytes
    }
}

/// One input, open for reading.
package struct OpenInput: Sendable {
    /// As the user named it; `-` is standard input.
    package let name: String
    /// As a sentence names it.
    package let spokenName: String
    /// The name where output has to say which input it belongs to; nil where there is but one.
    package let label: String?
    /// Closed by the one who lent it.
    package let descriptor: Int32

    /// Has a pipe hold half a minute of sound, so that a microphone loses nothing while a window is
    /// decoded; other inputs stay as they are.
    package func widenPipe() {
        // `fcntl.h`, F_SETPIPE_SZ; a pipe that is not ours to widen keeps its size.
        _ = fcntl(descriptor, 1031, 1 << 20)
    }

    /// The same where its output is its own.
    package var unlabelled: OpenInput {
        OpenInput(name: name, spokenName: spokenName, label: nil, descriptor: descriptor)
    }
}

/// Which inputs a tool works on: files, standard input, or a list of files.
package struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files to work on. Without any, or as -, standard input.", valueName: "file"),
        completion: .file())
    package var files: [String] = []

    @Option(
        name: .customLong("files0-from"),
        help: ArgumentHelp(
            "Work on the files that FILE lists, each name ended by a zero byte; - is standard input.",
            discussion: "Example of such a list: find FOLDER -type f -print0",
            valueName: "file"),
        completion: .file())
    package var listOfFiles: String?

    @Flag(help: "Say on stderr how far the work is, at most every 10 seconds.")
    package var progress = false

    package init() {}

    package func validate() throws {
        if listOfFiles != nil && !files.isEmpty {
            throw ValidationError("--files0-from takes the place of files on the command line.")
        }
        if files.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be read only once.")
        }
    }
}

extension InputOptions {
    /// The most bytes that one input may have: 512 MiB.
    package static let byteLimit = 512 << 20

    /// Asks for help where nobody would ever give an input; to be called before work that costs.
    ///
    /// - Throws: a request for help where nothing was named and standard input is a terminal.
    package func checkThatInputIsGiven() throws {
        if files.isEmpty && listOfFiles == nil && isatty(STDIN_FILENO) == 1 {
            throw CleanExit.helpRequest()
        }
    }

    /// Reads the inputs one after the other and hands each to `work`, in order.
    ///
    /// An input that fails is reported on stderr by name and the next one follows; only a failure
    /// to write ends the loop.
    ///
    /// - Parameters:
    ///   - noun: what the inputs are, in the plural, for progress.
    ///   - notices: where failures and progress are said.
    ///   - work: what to do with one input.
    /// - Throws: `SomeInputsFailed` after the last input; a request for help where standard input
    ///   is a terminal and nothing else was named; `OutputError` as `work` throws it.
    package func forEach(
        _ noun: String, telling notices: Notices, _ work: (Input) throws -> Void
    ) throws {
        try forEachPath(noun, telling: notices) { path, label in
            try work(try path.input(label))
        }
    }

    /// Opens the inputs one after the other and hands each to `work`, which reads as it goes; else
    /// as `forEach`.
    ///
    /// - Parameters:
    ///   - noun: what the inputs are, in the plural, for progress.
    ///   - notices: where failures and progress are said.
    ///   - work: what to do with one input.
    /// - Throws: as `forEach`.
    package func forEachOpened(
        _ noun: String, telling notices: Notices, _ work: (OpenInput) throws -> Void
    ) throws {
        try forEachPath(noun, telling: notices) { path, label in
            try path.withDescriptor { descriptor in
                try work(
                    OpenInput(
                        name: path.name, spokenName: path.spokenName, label: label,
                        descriptor: descriptor))
            }
        }
    }

    /// Reads and opens the inputs one after the other on a thread of its own, one ahead of `work`;
    /// else as `forEach`.
    ///
    /// One input alone is opened here, and nobody looks ahead.
    ///
    /// - Parameters:
    ///   - noun: what the inputs are, in the plural, for progress.
    ///   - notices: where failures and progress are said.
    ///   - threads: with one thread nobody looks ahead either.
    ///   - open: makes of an input what can be worked on.
    ///   - lookAhead: does what can be done before it is needed; `work` may have begun.
    ///   - work: what to do with one input.
    /// - Throws: as `forEach`.
    package func forEachAhead<Opened: Sendable>(
        _ noun: String, telling notices: Notices, threads: ThreadOptions,
        open: @escaping @Sendable (Input) throws -> Opened,
        lookAhead: @escaping @Sendable (Opened) -> Void, _ work: (Opened) throws -> Void
    ) throws {
        try checkThatInputIsGiven()
        let paths = try self.paths()
        guard paths.count > 1, threads.count != 1 else {
            return try forEachPath(of: paths, noun, telling: notices) { path, label in
                try work(try open(try path.input(label)))
            }
        }
        let scout = Scout(
            over: paths.count,
            open: { try open(try paths[$0].input(paths[$0].label)) }, lookAhead: lookAhead)
        defer { scout.stop() }
        try forEachPath(of: paths, noun, telling: notices) { _, _ in try work(try scout.next()) }
    }

    private func forEachPath(
        _ noun: String, telling notices: Notices, _ work: (InputPath, String?) throws -> Void
    ) throws {
        try checkThatInputIsGiven()
        try forEachPath(of: try paths(), noun, telling: notices, work)
    }

    private func forEachPath(
        of paths: [InputPath], _ noun: String, telling notices: Notices,
        _ work: (InputPath, String?) throws -> Void
    ) throws {
        var progress = Progress(of: paths.count, noun, telling: self.progress ? notices : nil)
        // A list may have one file today and two tomorrow; a script wants one shape of line.
        let isOneOfSeveral = paths.count > 1 || listOfFiles != nil
        var failures: [ExitStatus] = []
        var partialCount = 0
        for path in paths {
            do {
                try work(path, isOneOfSeveral ? path.label : nil)
            } catch let error as OutputError {
                throw error
            } catch let error as any Explained {
                notices.failure(error, of: path.spokenName)
                failures.append(error.exitStatus)
                if error is PartialAnswer { partialCount += 1 }
            }
            progress.oneDone()
        }
        if let first = failures.first {
            throw SomeInputsFailed(
                firstStatus: first, failureCount: failures.count, inputCount: paths.count,
                partialCount: partialCount)
        }
    }

    /// - Returns: what to read, in order; empty where a list of files is empty.
    private func paths() throws -> [InputPath] {
        if let listOfFiles {
            let source = InputPath(operand: listOfFiles, arguments: InputPath.argumentsOfProcess())
            return try Self.listed(in: source)
        }
        if files.isEmpty { return [.standardInput] }
        let arguments = InputPath.argumentsOfProcess()
        return files.map { InputPath(operand: $0, arguments: arguments) }
    }

    private static func listed(in source: InputPath) throws -> [InputPath] {
        do {
            let list = try source.contents(limit: byteLimit)
            // One name may hold a line feed; several lines without a zero byte are a list of lines.
            if !list.contains(0), list.dropLast().contains(UInt8(ascii: "\n")) {
                throw ListFormatError(name: source.spokenName)
            }
            return list.split(separator: 0).map { InputPath(bytes: Array($0)) }
        } catch let error as InputError {
            if error == .empty { return [] }
            throw ListError(name: source.spokenName, cause: error)
        }
    }
}

extension InputPath {
    /// The name where output has to say which input it belongs to.
    fileprivate var label: String { name.withoutControlCharacters }

    /// - Throws: `InputError`.
    fileprivate func input(_ label: String?) throws(InputError) -> Input {
        Input(name: name, label: label, bytes: try contents(limit: InputOptions.byteLimit))
    }
}

/// A list of files with a name on each line.
struct ListFormatError: Explained {
    let name: String

    var what: String { "the list of files, \(name), has line ends where zero bytes are needed" }
    var remedy: String { "make it with: find FOLDER -type f -print0" }
    var exitStatus: ExitStatus { .usage }
}

/// The list of files itself could not be read.
struct ListError: Explained {
    let name: String
    let cause: InputError

    var what: String { "the list of files, \(name): \(cause.what)" }
    var remedy: String { cause.remedy }
    var exitStatus: ExitStatus { cause.exitStatus }
}
