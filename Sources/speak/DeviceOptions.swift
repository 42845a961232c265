import ArgumentParser
import Audio
import ToolKit

/// Which sound device.
struct DeviceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Play on this device of the list.", valueName: "name"))
    var device: String?

    @Flag(help: "Print the sound devices, one on a line, and do nothing else.")
    var listDevices = false

    /// - Throws: `AudioError.noDevice`, `OutputError`.
    func list() throws {
        var output = Output()
        for device in try SoundDevice.all() {
            output.write("\(device.name): \(device.title)".withoutControlCharacters)
            try output.endLine()
        }
        try output.finish()
    }
}
