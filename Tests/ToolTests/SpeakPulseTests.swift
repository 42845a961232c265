import Foundation
import TestKit
import Testing

/// Playing through PulseAudio, heard by recording what its device would have played.
@Suite(
    .enabled(
        if: SoundServer.isInstalled,
        "pulseaudio, pulseaudio-utils and libasound2-plugins are missing"))
struct SpeakPulseTests {
    /// More than a minute of speech.
    private static let long = String(repeating: "word and word and ", count: 200)

    @Test func `all that is said is heard, to the last sample, and nothing else`() throws {
        let text = "One two three. And four, to the very end."
        let written = try ToolRun.run("speak", [text])
        var server = try SoundServer()
        let run = try ToolRun.run(
            "speak", ["--device", "default", text], environment: server.environment)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let heard = try server.heard(moreSeconds: 1)
        let said = Array(written.output.dropFirst(44))
        let start = try #require(heard.firstIndex { $0 != 0 }) / 2 * 2
        let end = try #require(said.firstIndex { $0 != 0 }) / 2 * 2
        let sound = heard[start...].prefix(said.count - end)
        #expect(sound.elementsEqual(said[end...]))
        #expect(heard[start...].dropFirst(sound.count).allSatisfy { $0 == 0 })
    }

    @Test func `an interrupt ends the sound`() throws {
        var server = try SoundServer()
        var tool = try RunningTool(
            "speak", ["--device", "default", Self.long], environment: server.environment)
        try server.waitForSound()
        tool.send(signal: SIGINT)
        let run = try tool.finish()
        #expect(run.signal == SIGINT && run.status == 130 && run.errors.isEmpty, "\(run)")
        let heard = try server.heard(moreSeconds: 2)
        #expect(heard.suffix(44_100).allSatisfy { $0 == 0 })
    }

    @Test func `a device that vanishes is told, with a status of its own`() throws {
        var server = try SoundServer()
        var tool = try RunningTool(
            "speak", ["--device", "default", Self.long], environment: server.environment)
        try server.waitForSound()
        server.stop()
        let run = try tool.finish()
        expectOneSentence(run, of: "speak", status: 69)
        #expect(run.errors.hasPrefix("speak: the sound device stopped: "), "\(run)")
        let none = try ToolRun.run(
            "speak", ["--device", "default", "Hello."], environment: server.environment)
        expectOneSentence(none, of: "speak", status: 69)
    }
}

/// A sound server without a device, and a recorder of what it plays: 22,050 samples a second.
private struct SoundServer: ~Copyable {
    private static let programs = ["/usr/bin/pulseaudio", "/usr/bin/parec"]
    private static let bytesPerSecond = 44_100

    /// The programs, and the plugin that leads from ALSA to them.
    static var isInstalled: Bool {
        let files = FileManager.default
        let folders = (try? files.contentsOfDirectory(atPath: "/usr/lib")) ?? []
        return programs.allSatisfy { files.isExecutableFile(atPath: $0) }
            && folders.contains {
                files.fileExists(
                    atPath: "/usr/lib/\($0)/alsa-lib/libasound_module_pcm_pulse.so")
            }
    }

    private struct Silence: Error {}

    private let folder: TemporaryFolder
    private let server: RunningTool
    private let recorder: RunningTool
    private var record: String { folder.path + "/heard" }

    /// For a program that plays to it.
    let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        let socket = folder.path + "/native"
        let configuration = try folder.write(
            "asound.conf", "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\n")
        environment = [
            "HOME": folder.path, "XDG_RUNTIME_DIR": folder.path,
            "PULSE_RUNTIME_PATH": folder.path, "PULSE_SERVER": "unix:" + socket,
            "ALSA_CONFIG_PATH": configuration,
        ]
        server = try RunningTool(
            Self.programs[0],
            [
                "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
                "--log-target=file:\(folder.path)/log",
                "--load=module-native-protocol-unix socket=\(socket) auth-anonymous=1",
                "--load=module-null-sink sink_name=heard rate=22050 channels=1 format=s16le",
            ], environment: environment)
        for _ in 0..<60_000 where !FileManager.default.fileExists(atPath: socket) { usleep(1000) }
        recorder = try RunningTool(
            Self.programs[1],
            [
                "-d", "heard.monitor", "--raw", "--format=s16le", "--rate=22050", "--channels=1",
            ], environment: environment, output: .file(folder.path + "/heard"))
        try wait { !$0.isEmpty }
    }

    func stop() { server.send(signal: SIGKILL) }

    func waitForSound() throws { try wait { $0.contains { $0 != 0 } } }

    /// - Parameter moreSeconds: of recording after now.
    /// - Returns: everything since the start, two bytes a sample.
    /// - Throws: where nothing more is recorded.
    func heard(moreSeconds: Int) throws -> [UInt8] {
        // What was recorded before now is written only with a later piece.
        let more = recorded.count + (moreSeconds + 2) * Self.bytesPerSecond
        try wait { $0.count >= more }
        return recorded
    }

    private var recorded: [UInt8] {
        [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: record))) ?? Data())
    }

    private func wait(until isEnough: ([UInt8]) -> Bool) throws {
        for _ in 0..<1200 {
            if isEnough(recorded) { return }
            usleep(100_000)
        }
        throw Silence()
    }
}
