import Signals

/// A voice file that does not go to the engine, and the line that is why.
package struct VoiceFileError: Explained, Equatable {
    package enum Fault: Error, Equatable {
        case missing
        case forbidden
        case notAFile
        case tooLarge(limit: Int)
        case lineTooLong(limit: Int)
        case notPlainText
        case unknown(String, similar: [String])
        case refused(String)
        case repeated(String)
        case count(String, ClosedRange<Int>, found: Int)
        case malformed(String, String)
        case outOfRange(String, Int, ClosedRange<Int>)
        case noLanguage
    }

    package let file: String
    package let line: Int?
    package let fault: Fault

    package init(file: String, line: Int? = nil, fault: Fault) {
        self.file = file
        self.line = line
        self.fault = fault
    }

    package var what: String {
        let place = line.map { "line \($0) of voice file \(file)" } ?? "voice file \(file)"
        switch fault {
        case .missing: return "\(place) cannot be opened"
        case .forbidden: return "\(place) may not be read by this user"
        case .notAFile: return "\(place) is not a plain file"
        case .tooLarge(let limit): return "\(place) is larger than \(limit >> 10) KiB"
        case .lineTooLong(let limit): return "\(place) is longer than \(limit) bytes"
        case .notPlainText: return "\(place) is not plain ASCII text"
        case .unknown(let name, _): return "\(place) has the unknown attribute '\(name)'"
        case .refused(let name): return "\(place) has '\(name)', which is not allowed here"
        case .repeated(let name): return "\(place) sets '\(name)' a second time"
        case .count(let name, let range, let found):
            let expected =
                range.count == 1
                ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            return "\(place) gives '\(name)' \(found) values where \(expected) belong"
        case .malformed(let name, let value):
            return "\(place) gives '\(name)' the value '\(value.prefix(40))'"
        case .outOfRange(let name, let value, let range):
            return "\(place) gives '\(name)' the value \(value) where "
                + "\(range.lowerBound) to \(range.upperBound) is possible"
        case .noLanguage: return "\(place) names no language"
        }
    }

    package var remedy: String {
        switch fault {
        case .missing: "check the spelling with: ls"
        case .forbidden: "allow it with: chmod +r"
        case .notAFile: "give the name of a text file"
        case .unknown(_, let similar) where !similar.isEmpty:
            "was it \(similar.joined(separator: " or "))?"
        case .unknown, .tooLarge, .lineTooLong, .notPlainText, .malformed:
            "compare it with a file of the folder voices"
        case .refused: "take the line out"
        case .repeated: "keep one of them"
        case .count, .outOfRange: "correct the numbers"
        case .noLanguage: "add a line such as: language en-gb"
        }
    }

    package var exitStatus: ExitStatus {
        switch fault {
        case .missing, .forbidden, .notAFile: .missingInput
        default: .damagedInput
        }
    }
}
