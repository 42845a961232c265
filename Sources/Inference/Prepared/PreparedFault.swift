import Signals

/// Why a prepared file is of no use; nobody is told while a model loads, which then packs anew.
package enum PreparedFault: Error, Sendable, Equatable {
    case unreadable(FileFault)
    /// Something else under that name.
    case otherFile
    /// Made by another version of Curbcut.
    case version(UInt32)
    case damaged(part: String)
    /// The model's files are not those that it was made from.
    case stale
}

/// A prepared file that was looked at by name and is of no use.
package struct PreparedFileError: Explained, Equatable {
    package let path: String
    package let fault: PreparedFault

    package init(path: String, fault: PreparedFault) {
        self.path = path
        self.fault = fault
    }

    package var what: String {
        switch fault {
        case .unreadable(let fault): "cannot read \(fault.path): \(fault.reason)"
        case .otherFile: "\(path) is no file of prepared weights"
        case .version(let version):
            "\(path) has version \(version) of the format, where \(PreparedTable.version) is needed"
        case .damaged(let part): "\(path) is damaged: \(part) is not as it was written"
        case .stale: "\(path) was made from other files than the model has now"
        }
    }

    package var remedy: String {
        switch fault {
        case .unreadable: "check the path and its permissions"
        default: "remove it; the next start makes it anew"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
