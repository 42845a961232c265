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
        let said = Array(try ToolRun.run("speak", [text]).output.dropFirst(44))
        var heard: [UInt8] = []
        // A machine that is too busy to feed a device in time hears gaps; then it is tried again.
        for _ in 0..<5 where heard != withoutSilence(said) {
            let server = try SoundServer()
            let run = try ToolRun.run(
                "speak", ["--device", "default", text], environment: server.environment)
            #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
            heard = withoutSilence(try server.heard(moreSeconds: 1))
        }
        #expect(heard == withoutSilence(said))
    }

    /// From the first sample that is not 0 to the last, both included.
    private func withoutSilence(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { $0 != 0 }),
            let last = bytes.lastIndex(where: { $0 != 0 })
        else { return [] }
        return Array(bytes[(first / 2 * 2)...(last / 2 * 2 + 1)])
    }

    @Test func `an interrupt ends the sound`() throws {
        let server = try SoundServer()
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
        let server = try SoundServer()
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
    private let record: String

    /// For a program that plays to it.
    let environment: [String: String]

    init() throws {
        let folder = try TemporaryFolder()
        let socket = folder.path + "/native"
        let record = folder.path + "/heard"
        let environment = [
            "HOME": folder.path, "XDG_RUNTIME_DIR": folder.path,
            "PULSE_RUNTIME_PATH": folder.path, "PULSE_SERVER": "unix:" + socket,
            "ALSA_CONFIG_PATH": try folder.write(
                "asound.conf", "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\n"),
        ]
        let server = try RunningTool(
            Self.programs[0],
            [
                "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
                "--log-target=file:\(folder.path)/log",
                "--load=module-native-protocol-unix socket=\(socket) auth-anonymous=1",
                "--load=module-null-sink sink_name=heard rate=22050 channels=1 format=s16le",
            ], environment: environment)
        try Self.wait { FileManager.default.fileExists(atPath: socket) }
        let recorder = try RunningTool(
            Self.programs[1],
            [
                "-d", "heard.monitor", "--raw", "--format=s16le", "--rate=22050", "--channels=1",
            ], environment: environment, output: .file(record))
        try Self.wait { !Self.bytes(of: record).isEmpty }
        self.folder = folder
        self.record = record
        self.environment = environment
        self.server = server
        self.recorder = recorder
    }

    func stop() { server.send(signal: SIGKILL) }

    func waitForSound() throws {
        let record = record
        try Self.wait { Self.bytes(of: record).contains { $0 != 0 } }
    }

    /// - Parameter moreSeconds: of recording after now.
    /// - Returns: everything since the start, two bytes a sample.
    /// - Throws: where nothing more is recorded.
    func heard(moreSeconds: Int) throws -> [UInt8] {
        let record = record
        // What was recorded before now is written only with a later piece.
        let more = Self.bytes(of: record).count + (moreSeconds + 2) * Self.bytesPerSecond
        try Self.wait { Self.bytes(of: record).count >= more }
        return Self.bytes(of: record)
    }

    private static func bytes(of path: String) -> [UInt8] {
        [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data())
    }

    private static func wait(until isEnough: () -> Bool) throws {
        for _ in 0..<1200 {
            if isEnough() { return }
            usleep(100_000)
        }
        throw Silence()
    }
}
