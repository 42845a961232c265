import Foundation
import TestKit
import Testing

/// Playing, on a device of ALSA that writes what it would play to a file.
@Suite struct SpeakDeviceTests {
    private let folder = NSTemporaryDirectory() + "curbcut-device-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let configuration = """
            </usr/share/alsa/alsa.conf>
            pcm.heard { type file slave { pcm { type null } } file "\(folder)/heard" format "raw" }
            pcm.!default { type file slave { pcm { type null } } file "\(folder)/usual" format "raw" }
            """
        try configuration.write(toFile: folder + "/conf", atomically: true, encoding: .utf8)
    }

    private func speak(
        _ arguments: [String], output: RunningTool.Output = .captured
    ) throws -> ToolRun.Result {
        try ToolRun.run(
            "speak", arguments, environment: ["ALSA_CONFIG_PATH": folder + "/conf"], output: output)
    }

    private func heard(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    @Test func `a device that is named hears all of the sound`() throws {
        let text = "One two three. And four, to the very end."
        let run = try speak(["--device", "heard", text])
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
        let written = try speak([text])
        let sound = Array(written.output.dropFirst(44))
        // The device's last period is filled up with silence.
        let played = try heard("heard")
        #expect(played.count >= sound.count)
        #expect(Array(played.prefix(sound.count)) == sound)
        #expect(played.dropFirst(sound.count).allSatisfy { $0 == 0 })
    }

    @Test func `a terminal hears the usual device`() throws {
        let run = try speak(["Hello."], output: .terminal)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(try heard("usual").count > 10_000)
    }

    @Test func `devices are listed with their names first`() throws {
        let run = try speak(["--list-devices"])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(run.text.split(separator: "\n").contains { $0.hasPrefix("null: ") })
    }

    @Test func `nothing to say opens the device and says nothing`() throws {
        let run = try speak(["--device", "heard", " "])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    }
}
