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
            the processor or Curbcut has changed.
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
        guard let file = try Catalogue.prepare(folder, precision: precision) else {
            notices.line(
                "\(folder.name) needs no packed file for \(precision.rawValue): it is small, or its "
                    + "place cannot be written, or CURBCUT_PREPARED is off")
            return
        }
        var output = Output()
        let size = Disk.size(file.path)
        try report.write(
            file.path,
            .object([
                ("name", .string(folder.name)), ("path", .string(file.path)),
                ("precision", .string(precision.rawValue)), ("bytes", size.map(JSON.int) ?? .null),
            ]), to: &output)
    }
}

extension Precision: ExpressibleByArgument {}
