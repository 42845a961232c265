import Foundation
import TestKit
import Testing

/// Each script of `examples/`, run as its first lines say.
@Suite struct ExampleTests {
    let folder: TemporaryFolder
    let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        environment = withoutModels.merging(
            ["PATH": "\(folder.path)/bin:\(ToolRun.buildFolder):\(path)"]) { $1 }
    }

    private func run(
        _ script: String, _ arguments: [String] = [], environment more: [String: String] = [:]
    ) throws -> ToolRun.Result {
        try ToolRun.run(
            Repository.folder + "/examples/" + script, arguments,
            environment: environment.merging(more) { $1 }, folder: folder.path)
    }

    /// A command of the tests' own, found before the system's.
    ///
    /// Another process writes it: what other tests start meanwhile would hold a copy of our open
    /// file, and a file that is open for writing cannot be run ("Text file busy").
    private func addCommand(_ name: String, _ script: String) throws {
        let write = "mkdir -p \"${0%/*}\" && cat > \"$0\" && chmod 755 \"$0\""
        let run = try ToolRun.run(
            "/bin/sh", ["-c", write, folder.path + "/bin/" + name],
            input: Array(("#!/bin/sh\n" + script).utf8))
        #expect(run.status == 0, "\(run)")
    }

    private func picture(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: pictures + "/" + name)))
    }

    @Test func `quickstart describes a picture and speaks the description`() throws {
        // The packages are there and the build is done: what is left is what the script itself does.
        try addCommand(
            "swift",
            """
            case "$*" in
            "build -c release --show-bin-path") echo '\(ToolRun.buildFolder)' ;;
            "build -c release --product describe-image" | "build -c release --product speak" | \\
                "build -c release --product transcribe" | \\
                "build -c release --product caption-video-frames") ;;
            *) echo "unexpected: swift $*" >&2; exit 1 ;;
            esac
            """)
        let run = try run("quickstart.sh", environment: ["CURBCUT_STARTER_MODELS": starterModels])
        #expect(run.status == 0, "\(run)")
        #expect(
            run.text == "A horse to the left of a bell on a striped ground.\n", "\(run)")
        let sound = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/description.wav"))
        #expect(sound.starts(with: Array("RIFF".utf8)) && sound.count > 50_000)
    }

    @Test func `packages that are installed are not installed again`() throws {
        try addCommand("apt-get", "echo called >&2; exit 1")
        let run = try run("install-packages.sh")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    }

    @Test func `packages that are missing are printed before apt installs them`() throws {
        try addCommand("apt-get", "echo \"apt-get $*\"")
        try addCommand("sudo", "exec \"$@\"")
        let run = try run("install-packages.sh", ["curbcut-no-such-package"])
        #expect(run.status == 0, "\(run)")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.first == "Installing with apt: curbcut-no-such-package", "\(run)")
        #expect(lines.last?.hasSuffix(" curbcut-no-such-package") == true, "\(run)")
    }

    @Test func `a folder becomes a table of names and alt texts`() throws {
        try folder.write("photos/a: b.png", try picture("ticket.png"))
        try folder.write("photos/deep/two\nlines.PNG", try picture("ticket.png"))
        try folder.write("photos/broken.jpg", "no picture")
        try folder.write("photos/notes.txt", "no picture either")
        let run = try run("describe-folder.sh", ["photos"])
        #expect(run.status == 65, "\(run)")
        #expect(
            run.text == """
                photos/a: b.png\tQR code: https://example.org/ticket/42
                photos/deep/two\u{FFFD}lines.PNG\tQR code: https://example.org/ticket/42

                """, "\(run)")
        #expect(run.errors.contains("photos/broken.jpg: "))
    }

    @Test func `a folder that does not exist or holds no picture is said so`() throws {
        #expect(try run("describe-folder.sh", ["none"]).status == 64)
        #expect(try run("describe-folder.sh").status == 64)
        try folder.write("empty/notes.txt", "x")
        #expect(try run("describe-folder.sh", ["empty"]).status == 66)
    }

    @Test func `text on the clipboard is spoken`() throws {
        try addCommand(
            "xclip", "case \"$*\" in *TARGETS*) echo STRING ;; *) echo 'Hello there.' ;; esac")
        let run = try run("speak-clipboard.sh", ["-o", "said.wav"])
        #expect(run.status == 0, "\(run)")
        let sound = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/said.wav"))
        #expect(sound.starts(with: Array("RIFF".utf8)) && sound.count > 10_000)
    }

    @Test func `a picture on the clipboard is put into words first`() throws {
        try addCommand(
            "xclip",
            """
            case "$*" in
            *TARGETS*) printf 'TARGETS\\nimage/png\\n' ;;
            *image/png*) cat '\(pictures)/sign.png' ;;
            esac
            """)
        try addCommand("speak", "cat")
        let run = try run("speak-clipboard.sh")
        #expect(run.text.hasSuffix("Text: Pier 2, every hour\n"), "\(run)")
    }

    @Test func `without a clipboard command one sentence says what to install`() throws {
        let tools = ["dirname", "sh", "grep"].map { name in
            ["/usr/bin/", "/bin/"].map { $0 + name }
                .first { FileManager.default.isExecutableFile(atPath: $0) } ?? name
        }
        for tool in tools {
            try addCommand((tool as NSString).lastPathComponent, "exec \(tool) \"$@\"")
        }
        let run = try ToolRun.run(
            "/bin/sh", [Repository.folder + "/examples/speak-clipboard.sh"],
            environment: ["PATH": folder.path + "/bin"])
        #expect(run.status == 69, "\(run)")
        #expect(run.errors.contains("sudo apt install"))
    }

    @Test func `a folder of recordings becomes a folder of subtitles, once`() throws {
        let sound = wave(try voice([1...3], seconds: 4))
        try folder.write("talks/one.wav", sound)
        try folder.write("talks/deep/two.WAV", sound)
        try folder.write("talks/notes.txt", "no sound")
        let arguments = ["talks", "subtitles", "--language", "en"] + withTinyWhisper
        let first = try run("subtitle-folder.sh", arguments)
        #expect(first.status == 0, "\(first)")
        #expect(try folder.text("subtitles/one.vtt").hasPrefix("WEBVTT\n\n"))
        try folder.write("subtitles/one.vtt", "corrected by hand\n")
        let second = try run("subtitle-folder.sh", arguments)
        #expect(second.status == 0, "\(second)")
        #expect(try folder.text("subtitles/one.vtt") == "corrected by hand\n")
        #expect(try run("subtitle-folder.sh", ["none", "subtitles"]).status == 64)
    }

    @Test func `one command makes a described film`() throws {
        let run = try run(
            "described-film.sh", [films + "/scenes.mp4", "described.mp4"],
            environment: ["CURBCUT_STARTER_MODELS": starterModels])
        #expect(run.status == 0, "\(run)")
        #expect(run.text.contains("00:00:05  A duck to the left of a yellow ring.\n"), "\(run)")
        #expect(try folder.names.contains("described.pauses.jsonl"))
        let streams = try ToolRun.run(
            "/usr/bin/ffprobe",
            [
                "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0",
                "described.mp4",
            ],
            folder: folder.path)
        #expect(streams.text == "video\naudio\naudio\n", "\(streams)")
    }

    @Test func `a film gets a track of what is said and one of what is shown`() throws {
        try folder.write(
            "film.mp4",
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: films + "/scenes.mp4"))))
        let run = try run(
            "film-tracks.sh", ["film.mp4", "--language", "en"] + withTinyWhisper,
            environment: ["CURBCUT_STARTER_MODELS": starterModels])
        #expect(run.status == 0, "\(run)")
        #expect(try folder.text("film.descriptions.vtt").contains("\nA butterfly.\n"))
        #expect(try folder.text("film.captions.vtt").hasPrefix("WEBVTT\n"))
    }

    @Test func `a folder of films becomes pages, and a film that is none is reported`() throws {
        let film = [UInt8](try Data(contentsOf: URL(fileURLWithPath: films + "/scenes.mp4")))
        try folder.write("clips/a & #b.mp4", film)
        try folder.write("clips/broken.mkv", "no film")
        let run = try run(
            "contact-sheet.sh", ["clips", "pages"],
            environment: ["CURBCUT_STARTER_MODELS": starterModels])
        #expect(run.status == 65 && run.errors.contains("clips/broken.mkv: "), "\(run)")
        let index = try folder.text("pages/index.html")
        #expect(index.contains("<a href=\"a &amp; %23b.html\">a &amp; #b</a>"), "\(index)")
        #expect(!index.contains("broken"))
        #expect(try folder.text("pages/a & #b.html").contains("alt=\"A butterfly.\""))
    }

    @Test func `what the microphone hears is written down while it is spoken`() throws {
        try folder.write("sound.raw", try voice([1...4], seconds: 8))
        try addCommand("arecord", "exec cat '\(folder.path)/sound.raw'")
        let run = try run("live-captions.sh", withTinyWhisper + ["--format", "jsonl"])
        #expect(run.status == 0, "\(run)")
        #expect(run.text.isEmpty || run.text.hasPrefix("{"), "\(run)")
    }
}
