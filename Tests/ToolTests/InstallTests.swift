import Foundation
import TestKit
import Testing

/// `examples/install.sh`, into a folder of the test's own.
@Suite struct InstallTests {
    let folder: TemporaryFolder
    private let script = Repository.folder + "/examples/install.sh"

    init() throws { folder = try TemporaryFolder() }

    private var prefix: String { folder.path + "/a prefix" }

    private func install(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> ToolRun.Result {
        try ToolRun.run(
            script, ["--from", ToolRun.buildFolder] + arguments, environment: environment,
            folder: folder.path)
    }

    private var files: Set<String> {
        let all = FileManager.default.enumerator(atPath: prefix)?.compactMap { $0 as? String } ?? []
        return Set(
            all.filter { path in
                var isFolder: ObjCBool = false
                return unsafe FileManager.default.fileExists(
                    atPath: prefix + "/" + path, isDirectory: &isFolder) && !isFolder.boolValue
            })
    }

    private func text(_ name: String) throws -> String { try folder.text("a prefix/" + name) }

    @Test func `what is installed is there, and the installed speak finds its voices`() throws {
        let run = try install([prefix])
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
        for tool in ["describe-image", "speak", "transcribe"] {
            #expect(
                files.isSuperset(of: [
                    "bin/\(tool)", "share/man/man1/\(tool).1",
                    "share/bash-completion/completions/\(tool)",
                    "share/zsh/site-functions/_\(tool)",
                    "share/fish/vendor_completions.d/\(tool).fish",
                ]))
        }
        #expect(files.contains("share/curbcut/models/starter-scenes/config.json"))
        #expect(files.isSuperset(of: ownVoices.map { "share/curbcut/voices/\($0)" }))
        let listed = Set(
            try text("share/curbcut/installed-files").split(separator: "\n").map(String.init))
        #expect(listed == files)
        // From a folder that is no checkout, so that nothing else is found.
        let voices = try ToolRun.run(prefix + "/bin/speak", ["--list-voices"], folder: "/")
        #expect(voices.text.hasPrefix("\(ownVoices.first ?? "?"): "), "\(voices)")
        let sound = try ToolRun.run(
            prefix + "/bin/speak", ["--voice", "night", "Hello."], folder: "/")
        #expect(sound.status == 0 && sound.output.count > 10_000, "\(sound)")
        let picture = try ToolRun.run(
            prefix + "/bin/describe-image", [pictures + "/scene.png"],
            environment: withoutModels.filter { $0.key != "CURBCUT_STARTER_MODELS" }, folder: "/")
        #expect(picture.status == 0 && picture.text.hasPrefix("A horse"), "\(picture)")
    }

    @Test func `completions are scripts that their shells can read`() throws {
        #expect(try install([prefix]).status == 0)
        for (shell, path) in [
            ("bash", "bash-completion/completions/speak"), ("zsh", "zsh/site-functions/_speak"),
            ("fish", "fish/vendor_completions.d/speak.fish"),
        ] {
            let file = "share/" + path
            #expect(try text(file).contains("voice-file"))
            let program = "/usr/bin/" + shell
            guard FileManager.default.isExecutableFile(atPath: program) else { continue }
            let run = try ToolRun.run(program, ["-n", prefix + "/" + file])
            #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        }
    }

    @Test(arguments: ["describe-image", "speak", "transcribe"])
    func `the manual has all that the help has`(tool: String) throws {
        #expect(try install([prefix], environment: ["SOURCE_DATE_EPOCH": "0"]).status == 0)
        let manual = try text("share/man/man1/\(tool).1")
        #expect(manual.hasPrefix(".Dd January 1, 1970\n.Dt \(tool.uppercased()) 1\n"))
        let sections = manual.split(separator: "\n").filter { $0.hasPrefix(".Sh ") }
        let expected = [
            "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
        ]
        #expect(sections.map { String($0.dropFirst(4)) } == expected)
        let lists = manual.split(separator: "\n")
        #expect(lists.count { $0.hasPrefix(".Bl") } == lists.count { $0 == ".El" })
        let help = try ToolRun.run(tool, ["--help"]).text
        let options = help.split(separator: "\n").filter { $0.hasPrefix("  -") }
            .compactMap {
                $0.prefix(26).split(whereSeparator: { " ,/".contains($0) })
                    .last { $0.hasPrefix("--") }
            }
        #expect(options.count > 10)
        for option in options {
            let name = option.dropFirst().replacing("-", with: "\\-")
            #expect(manual.contains("Fl \(name)"), "\(option)")
        }
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/mandoc") else { return }
        let check = try ToolRun.run(
            "/usr/bin/mandoc",
            ["-T", "lint", "-W", "warning", "\(prefix)/share/man/man1/\(tool).1"])
        #expect(check.status == 0, "\(check)")
    }

    @Test func `what was installed goes again, and nothing else`() throws {
        let mine = try folder.write("a prefix/share/curbcut/voices/mine", "language en\n")
        #expect(try install([prefix]).status == 0)
        // A second time, as after an update that lacks a file.
        try folder.write(
            "a prefix/share/curbcut/installed-files",
            try text("share/curbcut/installed-files") + "share/curbcut/voices/old\n")
        try folder.write("a prefix/share/curbcut/voices/old", "x")
        #expect(try install([prefix]).status == 0)
        #expect(!files.contains("share/curbcut/voices/old"))
        let run = try install(["--uninstall", prefix])
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
        #expect(files == ["share/curbcut/voices/mine"], "\(files)")
        #expect(FileManager.default.fileExists(atPath: mine))
    }

    @Test func `a tool of several commands has the help of each in its manual`() throws {
        let tool = """
            #!/bin/sh
            case "$1" in
            --generate-completion-script) echo "# $2" ;;
            --help) printf '%s\\n' 'OVERVIEW: Keep models.' '' 'USAGE: curbcut <subcommand>' '' \\
                'SUBCOMMANDS:' '  pull                    Fetch one.' '' \\
                "  See 'curbcut help <subcommand>' for detailed help." ;;
            *) printf '%s\\n' "OVERVIEW: Do $1." '' "USAGE: curbcut $1 [--force] <model> ..." '' \\
                'OPTIONS:' '  --force                 Do it again.' ;;
            esac
            """
        let write = "mkdir -p \"${0%/*}\" && cat > \"$0\" && chmod 755 \"$0\""
        let made = try ToolRun.run(
            "/bin/sh", ["-c", write, folder.path + "/build/curbcut"], input: Array(tool.utf8))
        #expect(made.status == 0, "\(made)")
        let run = try ToolRun.run(script, ["--from", folder.path + "/build", prefix])
        #expect(run.status == 0, "\(run)")
        let manual = try text("share/man/man1/curbcut.1").split(separator: "\n")
        #expect(manual.contains(".Sh COMMAND PULL") && manual.contains("Do pull."))
        #expect(manual.contains(".It Cm pull") && manual.contains(".It Fl \\-force"))
        #expect(manual.contains(".Op Fl \\-force") && manual.contains(".Ar model ..."))
        #expect(!manual.contains { $0.contains("for detailed help") })
    }

    @Test func `DESTDIR goes before the prefix`() throws {
        let run = try install(["/usr"], environment: ["DESTDIR": prefix])
        #expect(run.status == 0 && files.contains("usr/bin/speak"), "\(run)")
    }

    @Test(
        arguments: [
            (["--uninstall"], 66), (["--from", "/none"], 69), (["--no-such"], 64), (["x"], 64),
        ] as [([String], Int32)])
    func `what cannot be done is one sentence and a status`(
        arguments: [String], status: Int32
    ) throws {
        let run = try ToolRun.run(script, [prefix] + arguments, folder: folder.path)
        #expect(run.status == status, "\(run)")
        #expect(
            run.errors.hasPrefix("install.sh: ") && run.errors.split(separator: "\n").count == 1)
        #expect(files.isEmpty)
    }
}
