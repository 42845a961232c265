import ToolKit

/// One thing that the doctor looked at.
package struct Finding: Sendable, Equatable {
    package enum State: String, Sendable {
        case fine
        /// Something is missing that only some work needs.
        case lacking
        /// The main job cannot be done.
        case broken
    }

    /// What was looked at, as the line begins.
    package let subject: String
    package let state: State
    package let detail: String
    /// The command that mends it; nil where there is nothing to mend.
    package let remedy: String?

    package init(_ subject: String, _ state: State = .fine, _ detail: String, mend: String? = nil) {
        self.subject = subject
        self.state = state
        self.detail = detail
        remedy = mend
    }

    /// "Missing, libzbar: codes in pictures are not read; mend it with: sudo apt install libzbar0".
    package var sentence: String {
        let start =
            switch state {
            case .fine: "\(subject): "
            case .lacking: "Missing, \(subject): "
            case .broken: "Broken, \(subject): "
            }
        return start + detail + (remedy.map { "; mend it with: \($0)" } ?? "")
    }

    package var json: JSON {
        .object([
            ("subject", .string(subject)), ("state", .string(state.rawValue)),
            ("detail", .string(detail)), ("remedy", remedy.map(JSON.string) ?? .null),
        ])
    }
}
