import Foundation
import TestKit
import Testing

/// The built curbcut, without a network.
@Suite struct CurbcutTests {
    let folder: TemporaryFolder
    private let model = Repository.fixtures + "/whisper-tiny"

    init() throws { folder = try TemporaryFolder() }

    private func curbcut(
        _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> ToolRun.Result {
        let own = curbcutVariables(home: folder.path, endpoint: "http://127.0.0.1:9")
            .merging(["CURBCUT_OFFLINE": "1"]) { $1 }
        return try ToolRun.run("curbcut", arguments, environment: own.merging(environment) { $1 })
    }

    private func expectObjects(_ run: ToolRun.Result, _ names: Set<String>) throws {
        #expect(run.status == 0, "\(run)")
        for line in run.text.split(separator: "\n") {
            let object = try #require(
                JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(names.isSubset(of: object.keys), "\(line)")
        }
    }

    @Test func `list names every model that can be had, on a line each`() throws {
        let run = try curbcut(["list"])
        let lines = run.text.split(separator: "\n").map(String.init)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(
            lines.first
                == "blip-image-captioning-base, not installed, 990 MB, BSD-3-Clause: describes a "
                + "picture in one English sentence; CIDEr 133.3, higher is better (captions of "
                + "COCO, base model, the paper of BLIP, arXiv 2201.12086)")
        for name in ["whisper-tiny", "whisper-large-v3-turbo", "distil-large-v3", "silero-vad"] {
            let found = lines.filter { $0.hasPrefix(name + ", not installed, ") }
            #expect(found.count == 1)
        }
        let unknown = lines.filter { $0.contains("no published figure is known here") }
        #expect(unknown.map { $0.prefix { $0 != "," } } == ["silero-vad"])
        try expectObjects(
            curbcut(["list", "--json"]),
            ["name", "installed", "licence", "purpose", "halfFetched"])
        #expect(try curbcut(["list", "--installed"]).output.isEmpty)
    }

    @Test func `a model is imported, found, listed, checked and removed`() throws {
        let place = folder.path + "/models/mine"
        let imported = try curbcut(["import", model, "--name", "mine"])
        #expect(imported.text == place + "\n", "\(imported)")
        #expect(try curbcut(["where", "mine"]).text == place + "\n")
        let listed = try curbcut(["list", "--installed"]).text
        #expect(listed.hasPrefix("mine, installed, "))
        #expect(listed.contains("writes down speech"))
        #expect(try curbcut(["verify"]).text == "mine: whole, 5 files compared\n")
        try expectObjects(curbcut(["verify", "--json"]), ["name", "whole", "faults"])
        try expectObjects(curbcut(["where", "mine", "--json"]), ["path", "keeper"])
        let removed = try curbcut(["remove", "mine"])
        #expect(removed.text.hasPrefix("mine is removed from \(place), which freed "), "\(removed)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/models").isEmpty)
    }

    @Test func `a damaged file is named, with status 65`() throws {
        _ = try curbcut(["import", model, "--name", "mine"])
        let weights = folder.path + "/models/mine/model.safetensors"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: weights))
        bytes[bytes.count - 5] ^= 0x40
        try bytes.write(to: URL(fileURLWithPath: weights))
        let run = try curbcut(["verify", "mine"])
        #expect(run.status == 65, "\(run)")
        #expect(
            run.text == "Damaged, mine: model.safetensors is damaged: its digest is another\n")
    }

    @Test func `where without a name says where is looked`() throws {
        let run = try curbcut(["where"], ["CURBCUT_MODELS": "/a:/b"])
        #expect(
            run.text.split(separator: "\n").map(String.init)
                == [
                    "/a", "/b", "\(folder.path)/.local/share/curbcut/models",
                    "\(folder.path)/.cache/huggingface/hub",
                ])
    }

    @Test func `prepare packs weights that are worth it and says where they are`() throws {
        _ = try curbcut(["import", model, "--name", "mine"])
        let small = try curbcut(["prepare", "mine"])
        #expect(small.status == 0 && small.output.isEmpty, "\(small)")
        #expect(small.errors.contains("mine is not packed: it is small"))
        expectOneSentence(try curbcut(["prepare", "none"]), of: "curbcut", status: 69)
    }

    @Test func `pull says what it lacks, in one sentence`() throws {
        let offline = try curbcut(["pull", "whisper-tiny"])
        expectOneSentence(offline, of: "curbcut", status: 69)
        #expect(offline.errors.contains("CURBCUT_OFFLINE is set"))
        let unknown = try curbcut(["pull", "whisper-tinny"])
        expectOneSentence(unknown, of: "curbcut", status: 64)
        #expect(unknown.errors.contains("near it are whisper-base"))
        let unreachable = try curbcut(
            ["pull", "whisper-tiny", "--retries", "0"], ["CURBCUT_OFFLINE": ""])
        expectOneSentence(unreachable, of: "curbcut", status: 74)
        #expect(unreachable.errors.contains("127.0.0.1 cannot be reached: Connection refused"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/models/whisper-tiny"))
    }

    @Test(arguments: [
        ["pull"], ["pull", "x", "--retries", "-1"], ["frobnicate"], ["remove"],
        ["list", "--wrong"],
        ["prepare", "x", "--precision", "int9"],
    ])
    func `a wrong command line is one sentence`(arguments: [String]) throws {
        expectOneSentence(try curbcut(arguments), of: "curbcut", status: 64)
    }

    @Test(arguments: [
        "", "pull", "list", "where", "verify", "remove", "import", "prepare", "doctor",
    ])
    func `each help ends in an example of its own`(command: String) throws {
        let run = try curbcut((command.isEmpty ? [] : [command]) + ["--help"])
        #expect(run.status == 0)
        let last = run.text.split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("EXAMPLE: ") && last.contains("curbcut \(command)"), "\(run)")
    }

    @Test func `what is not ours is not removed`() throws {
        let outside = folder.path + "/outside"
        try FileManager.default.copyItem(atPath: model, toPath: outside)
        let run = try curbcut(["remove", outside])
        expectOneSentence(run, of: "curbcut", status: 69)
        #expect(FileManager.default.fileExists(atPath: outside + "/config.json"))
    }

    @Test func `doctor has a line for each thing, and each lack a command`() throws {
        let run = try curbcut(["doctor"])
        let lines = run.text.split(separator: "\n").map(String.init)
        let starts = [
            "Curbcut: ", "Processor: kernels for ", "Libraries: libjpeg ",
            "Text in pictures is read in: ", "Voices: ", "Main job: ", "Models are kept in: ",
            "Packed weights are kept: ",
            "Models are fetched from: nowhere: CURBCUT_OFFLINE is set, so nothing is fetched",
        ]
        for start in starts {
            let found = lines.filter { $0.hasPrefix(start) }
            #expect(found.count == 1, "\(start) in \(run)")
        }
        #expect(lines.count <= 24)
        // Nothing describes pictures here.
        #expect(run.status == 69, "\(run)")
        #expect(
            lines.contains(
                "Broken, a model that describes photographs: none is installed; mend it with: "
                    + "curbcut pull blip-image-captioning-base"))
        for line in lines where line.hasPrefix("Missing, ") || line.hasPrefix("Broken, ") {
            #expect(line.contains("; mend it with: "))
        }
    }

    @Test(arguments: [
        ("scalar", "Processor: kernels for plain C"),
        ("abacus", "Missing, Processor: kernels for "),
    ])
    func `doctor says which kernels run, and what the environment asks for in vain`(
        wanted: String, start: String
    ) throws {
        let lines = try curbcut(["doctor"], ["CURBCUT_KERNELS": wanted]).text.split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix(start) })
        #expect(line.contains("'abacus'") == (wanted == "abacus"))
    }

    @Test func `doctor names what is missing on this machine, and what mends it`() throws {
        let empty = folder.path + "/tessdata"
        try FileManager.default.createDirectory(
            atPath: empty, withIntermediateDirectories: true)
        let run = try curbcut(
            ["doctor"],
            [
                "TESSDATA_PREFIX": empty, "CURBCUT_OFFLINE": "", "HTTPS_PROXY": "socks5://x",
                "XDG_CACHE_HOME": folder.write("file", ""),
            ])
        for (missing, mend) in [
            ("text language eng: ", "sudo apt install tesseract-ocr-eng"),
            ("text orientation: ", "sudo apt install tesseract-ocr-osd"),
            ("cache: ", "export XDG_CACHE_HOME=FOLDER"),
            ("way to models: HTTPS_PROXY is no address of a proxy", "HOST:PORT"),
        ] {
            let line = run.text.split(separator: "\n").first { $0.hasPrefix("Missing, " + missing) }
            #expect(line?.contains(mend) == true, "\(missing) in \(run)")
        }
    }

    @Test func `doctor sees what is wrong with a model, and what work has left`() throws {
        _ = try curbcut(["import", model, "--name", "mine"])
        try FileManager.default.removeItem(atPath: folder.path + "/models/mine/tokenizer.json")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/models/.other.scratch", withIntermediateDirectories: true)
        let text = try curbcut(["doctor"]).text
        #expect(
            text.contains(
                "Missing, a part of mine: tokenizer.json is missing; mend it with: curbcut remove mine\n"
            ))
        #expect(
            text.contains(
                "Left over of other: an import or a removal was killed; mend it with: rm -r "
                    + "\(folder.path)/models/.other.scratch\n"))
    }

    @Test func `doctor tries the main job, and says where it fails`() throws {
        let starters = Repository.folder + "/examples/starter-models"
        let run = try curbcut(
            ["doctor"], ["CURBCUT_STARTER_MODELS": starters, "TMPDIR": "/proc/none"])
        #expect(run.status == 69, "\(run)")
        #expect(
            run.text.contains("Broken, main job: no temporary folder can be made; mend it with: "))
    }

    @Test func `doctor is content with the models that come along`() throws {
        let starters = Repository.folder + "/examples/starter-models"
        let run = try curbcut(["doctor", "--json"], ["CURBCUT_STARTER_MODELS": starters])
        #expect(run.status == 0, "\(run)")
        try expectObjects(run, ["subject", "state", "detail", "remedy"])
    }
}
