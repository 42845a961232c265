import ArgumentParser
import Inference
import Keeping
import ModelStore
import Models
import ToolKit

struct Prepare: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pack a model's weights for this processor now, as its first use would.",
        discussion: """
            The packed file is written to standard output: it lies beside the model, or in the \
            cache where that folder cannot be written. It is made anew by itself when the model, \
            the processor or Curbcut has changed; one that is here already is read whole, and made \
            anew where it is damaged.
            """)

    static let example: String? = "curbcut prepare whisper-base.en"

    @Argument(help: ArgumentHelp("A model's name or folder.", valueName: "model"))
    var model: String

    @Option(help: "Arithmetic that it is to be packed for.")
    var precision = Precision.int8

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let folder = try ModelStore.folder(
            named: model, environment: environment,
            pulledAs: Catalogue.entry(named: model)?.pulledAs
        ).keepingFiles(as: environment)
        switch try Packing.pack(folder, precision: precision) {
        case .needless(let reason): notices.line("\(folder.name) \(reason)")
        case .file(let path):
            var output = Output()
            try report.write(
                path,
                .object([
                    ("name", .string(folder.name)), ("path", .string(path)),
                    ("precision", .string(precision.rawValue)),
                    ("bytes", Disk.size(path).map(JSON.int) ?? .null),
                ]), to: &output)
        }
    }
}

extension Precision: ExpressibleByArgument {}
