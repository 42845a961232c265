import ArgumentParser
import Keeping
import ToolKit

struct Remove: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove models from the store, with what was made from them.",
        discussion: """
            Models in the Hugging Face cache and those that came with Curbcut stay; of an imported \
            link only the link goes.
            """)

    static let example: String? = "curbcut remove whisper-base.en"

    @Argument(help: ArgumentHelp("Names of models.", valueName: "model"))
    var models: [String]

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let (environment, notices) = (environment, notices)
        var output = Output()
        for name in models {
            let (path, freed) = try waiting(for: {
                try await Removal.remove(name, environment: environment) {
                    notices.line("another curbcut changes \(name); waiting")
                }
            })
            try report.write(
                "\(name) is removed from \(path), which freed \(freed.megabytes)",
                .object([
                    ("name", .string(name)), ("path", .string(path)), ("freed", .int(freed)),
                ]), to: &output)
        }
    }
}
