/// An error that tells its user what happened and what to do next.
package protocol Explained: Error {
    /// One sentence naming the thing at fault, without capital or full stop.
    var what: String { get }
    /// The next command to type or thing to check.
    var remedy: String { get }
    var exitStatus: ExitStatus { get }
}

/// How a tool ends, in the numbers of `sysexits.h`.
package enum ExitStatus: Int32, Sendable {
    case done = 0
    /// The command line asks for something that does not exist.
    case usage = 64
    /// The input was read and is damaged or of a kind that the tool does not know.
    case damagedInput = 65
    /// The input is missing or cannot be read.
    case missingInput = 66
    /// A model, a language pack or a device that the work needs is not there or not usable.
    case unavailable = 69
    /// Our own fault.
    case internalFault = 70
    /// Reading or writing failed: a full disk, a lost device.
    case inputOutput = 74
}
