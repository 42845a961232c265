import ArgumentParser
import Keeping
import ModelStore
import Models
import Signals
import ToolKit

struct Verify: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read installed models whole and compare them with what their publishers gave.",
        discussion: """
            Sizes and digests were noted when a model was fetched or imported; in the Hugging Face \
            cache the files' names are their digests. Prepared weights are read too. The exit \
            status is 65 where something is damaged.
            """)

    static let example: String? = "curbcut verify whisper-base.en"

    @Argument(help: ArgumentHelp("Names of models. Without any, all.", valueName: "model"))
    var models: [String] = []

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let environment = environment
        let folders =
            models.isEmpty
            ? ModelStore.installed(environment: environment)
            : try models.map { name in
                try ModelStore.folder(
                    named: name, environment: environment,
                    pulledAs: Catalogue.entry(named: name)?.pulledAs)
            }
        var output = Output()
        var damaged = 0
        for folder in folders {
            let check = ModelCheck(
                folder.keepingFiles(as: environment), environment: environment)
            if !check.isWhole { damaged += 1 }
            try report.write(check.sentence, check.json, to: &output)
        }
        if folders.isEmpty { notices.line("no model is installed; see: curbcut list") }
        if damaged > 0 { throw ExitCode(ExitStatus.damagedInput.rawValue) }
    }
}

extension ModelCheck {
    fileprivate var sentence: String {
        guard isWhole else {
            return "Damaged, \(name): \(faults.map(\.sentence).joined(separator: "; "))"
                + (mend.map { "; mend it with: \($0)" } ?? "")
        }
        let compared =
            comparedCount > 0
            ? "whole, \(comparedCount) files compared"
            : "readable; nobody noted what its files must be"
        let packed = packedCount > 0 ? ", \(packedCount) of packed weights read" : ""
        return "\(name): \(compared)\(packed)"
    }

    fileprivate var json: JSON {
        .object([
            ("name", .string(name)), ("path", .string(path)), ("whole", .bool(isWhole)),
            ("compared", .int(comparedCount)),
            ("packed", .int(packedCount)), ("mend", mend.map(JSON.string) ?? .null),
            ("faults", .array(faults.map { .string($0.sentence) })),
        ])
    }
}
