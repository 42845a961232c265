import Signals

/// Why the store could not be changed.
package enum KeepingError: Explained, Equatable {
    case noStore
    case notWritable(String, reason: String)
    /// Folders, best first.
    case noPlaceToPack([String])
    case full(String, neededBytes: Int?, freeBytes: Int?)
    case notOurs(String, path: String, keeper: String)
    case alreadyThere(String, path: String)
    case notAModel(String)
    case badName(String)
    case unreadable(String, reason: String)

    package var what: String {
        switch self {
        case .noStore: "there is no folder for models: HOME and XDG_DATA_HOME are both unset"
        case .notWritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .noPlaceToPack(let places):
            "packed weights cannot be kept: \(places.joined(separator: " and ")) cannot be written"
        case .full(let path, let needed?, let free?):
            "the disk of \(path) has room for \(free.megabytes) where \(needed.megabytes) are needed"
        case .full(let path, _, _): "the disk of \(path) is full"
        case .notOurs(let name, let path, let keeper): "\(name) in \(path) is not ours: \(keeper)"
        case .alreadyThere(let name, let path): "there is a model \(name) already, in \(path)"
        case .notAModel(let path):
            "\(path) is neither a model's folder, with config.json and model.safetensors, nor a file "
                + "of whisper.cpp"
        case .badName(let name): "'\(name)' is no name for a model"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        }
    }

    package var remedy: String {
        switch self {
        case .noStore: "name one with: export CURBCUT_MODELS=FOLDER"
        case .notWritable:
            "check who may write it with: ls -ld, or use another folder with: "
                + "export CURBCUT_MODELS=FOLDER"
        case .noPlaceToPack: "name a folder for them with: export XDG_CACHE_HOME=FOLDER"
        case .full:
            "make room, or use a folder on another disk with: export CURBCUT_MODELS=FOLDER"
        case .notOurs: "remove it with the program that put it there"
        case .alreadyThere: "remove it first, or give another name with --name"
        case .notAModel: "name the folder that holds config.json, or the file ggml-….bin"
        case .badName: "use letters, digits, dots, hyphens and underscores, as in Owner/name"
        case .unreadable: "check who may read it with: ls -l"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .noStore, .notOurs: .unavailable
        case .notWritable, .noPlaceToPack, .full: .inputOutput
        case .alreadyThere, .badName: .usage
        case .notAModel: .damagedInput
        case .unreadable: .missingInput
        }
    }
}

extension KeepingError {
    /// - Parameters:
    ///   - fault: of a call that writes
    ///   - path: where
    package init(_ fault: DiskFault, writing path: String) {
        self =
            fault.meansFull
            ? .full(path, neededBytes: nil, freeBytes: nil)
            : .notWritable(path, reason: fault.words)
    }
}

extension Int {
    /// A number of bytes as people read it: "290 MB", "3.1 GB"; of 10^6 and 10^9 bytes.
    package var megabytes: String {
        switch self {
        case ..<1_000: "\(self) bytes"
        case ..<1_000_000: "\((self + 500) / 1_000) kB"
        case ..<1_000_000_000: "\((self + 500_000) / 1_000_000) MB"
        default:
            "\((self + 50_000_000) / 1_000_000_000).\((self + 50_000_000) / 100_000_000 % 10) GB"
        }
    }
}
