import Signals

/// Why the bytes of an input could not be had; the input's name is said before it.
package enum InputError: Explained, Equatable {
    case missing
    case folder
    case unreadable(reason: String)
    case empty
    case tooLarge(limit: Int)
    case brokenOff(reason: String)

    package var what: String {
        switch self {
        case .missing: "there is no such file"
        case .folder: "this is a folder, not a file"
        case .unreadable(let reason): "the file cannot be opened: \(reason)"
        case .empty: "the input is empty"
        case .tooLarge(let limit): "the input is larger than the limit of \(limit >> 20) MiB"
        case .brokenOff(let reason): "reading stopped: \(reason)"
        }
    }

    package var remedy: String {
        switch self {
        case .missing: "check the spelling with: ls"
        case .folder:
            "name the files in it: find FOLDER -type f -print0, piped into --files0-from -"
        case .unreadable: "check who may read it with: ls -l"
        case .empty: "check the command or copy that should have filled it"
        case .tooLarge: "cut or convert it first"
        case .brokenOff: "check the disk or network that holds it"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .missing, .folder, .unreadable: .missingInput
        case .empty, .tooLarge: .damagedInput
        case .brokenOff: .inputOutput
        }
    }
}

/// Some inputs failed and were reported; the others were done.
package struct SomeInputsFailed: Error, Equatable {
    package let firstStatus: ExitStatus
    package let failureCount: Int
    package let inputCount: Int
    /// Failures after which part of an answer was written all the same.
    package let partialCount: Int

    package init(
        firstStatus: ExitStatus, failureCount: Int, inputCount: Int, partialCount: Int = 0
    ) {
        self.firstStatus = firstStatus
        self.failureCount = failureCount
        self.inputCount = inputCount
        self.partialCount = partialCount
    }

    /// Whether any input was answered, if only in part.
    package var hasAnswers: Bool { failureCount - partialCount < inputCount }
}

/// An input that is damaged further on: what could be made of it has been written.
package struct PartialAnswer: Explained {
    package let cause: any Explained

    package init(_ cause: any Explained) {
        self.cause = cause
    }

    package var what: String { cause.what }
    package var remedy: String { cause.remedy }
    package var exitStatus: ExitStatus { cause.exitStatus }
}
