import Signals

/// Sound could not be written or played.
package enum AudioError: Explained, Equatable {
    /// The ending of an output's name stands for no format that can be written.
    case unknownFormat(name: String)
    case full(name: String)
    case cannotWrite(name: String, reason: String)
    /// The codec refuses, which it does not for any sound of ours.
    case cannotEncode(name: String, reason: String)
    /// - named: as `--device` asks; nil for the usual one.
    case noDevice(named: String?, reason: String)
    case deviceLost(reason: String)

    package var what: String {
        switch self {
        case .unknownFormat(let name): "the ending of \(name) stands for no sound format"
        case .full(let name): "there is no space left to write \(name)"
        case .cannotWrite(let name, let reason): "\(name) cannot be written: \(reason)"
        case .cannotEncode(let name, let reason): "\(name) cannot be encoded: \(reason)"
        case .noDevice(nil, let reason): "no sound device can be opened: \(reason)"
        case .noDevice(.some(let name), let reason):
            "the sound device '\(name)' cannot be opened: \(reason)"
        case .deviceLost(let reason): "the sound device stopped: \(reason)"
        }
    }

    package var remedy: String {
        switch self {
        case .unknownFormat:
            "end it in \(SoundFormat.allCases.map { ".\($0)" }.joined(separator: ", ")), "
                + "or add --format"
        case .full: "see what is free with: df -h"
        case .cannotWrite: "check where the output goes"
        case .cannotEncode: "write another format with: --format wav"
        case .noDevice(nil, _): "write a sound file with: -o FILE.wav"
        case .noDevice: "list the devices with: speak --list-devices"
        case .deviceLost: "check the device, or write a sound file with: -o FILE.wav"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .unknownFormat: .usage
        case .full, .cannotWrite: .inputOutput
        case .cannotEncode: .internalFault
        case .noDevice, .deviceLost: .unavailable
        }
    }
}
