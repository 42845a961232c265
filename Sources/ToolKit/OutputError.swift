import Signals

/// The answer could not be written.
package enum OutputError: Explained, Equatable {
    case full(name: String)
    case cannotCreate(name: String, reason: String)
    case noFolder(name: String)
    case isFolder(name: String)
    case broken(name: String, reason: String)

    package var what: String {
        switch self {
        case .full(let name): "there is no space left to write \(name)"
        case .cannotCreate(let name, let reason): "\(name) cannot be created: \(reason)"
        case .noFolder(let name): "\(name) cannot be created: its folder does not exist"
        case .isFolder(let name): "\(name) is a folder; -o takes the name of a file"
        case .broken(let name, let reason): "\(name) cannot be written: \(reason)"
        }
    }

    package var remedy: String {
        switch self {
        case .full: "see what is free with: df -h"
        case .cannotCreate: "check who may write there with: ls -ld"
        case .noFolder: "make it with: mkdir -p"
        case .isFolder: "add a file name to it"
        case .broken: "check where the output goes"
        }
    }

    package var exitStatus: ExitStatus { .inputOutput }
}
