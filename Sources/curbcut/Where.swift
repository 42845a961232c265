import ArgumentParser
import Keeping
import ModelStore
import Models
import ToolKit

struct Where: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say where a model is, or in which folders models are looked for.")

    static let example: String? = "du -sh \"$(curbcut where whisper-base.en)\""

    @Argument(help: ArgumentHelp("A model's name. Without it, every folder.", valueName: "model"))
    var model: String?

    @OptionGroup var report: ReportOptions

    func perform() throws {
        var output = Output()
        guard let model else {
            for (path, keeper) in ModelStore.folders(environment: environment) {
                try report.write(
                    path, .object([("path", .string(path)), ("keeper", .string(keeper.rawValue))]),
                    to: &output)
            }
            return
        }
        let folder = try ModelStore.folder(
            named: model, environment: environment,
            pulledAs: Catalogue.entry(named: model)?.pulledAs)
        let keeper = ModelStore.keeper(of: folder, environment: environment)
        try report.write(
            folder.path,
            .object([
                ("name", .string(folder.name)), ("path", .string(folder.path)),
                ("keeper", .string(keeper.rawValue)),
            ]), to: &output)
    }
}
