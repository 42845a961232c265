import ArgumentParser
import Keeping
import ToolKit

struct Remove: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Remove models from the store, with what was made from them.",
        discussion: """
            Models in the Hugging Face cache and those that came with Curbcut stay; of an imported \
            link only the link goes. Where a pull was interrupted, what it kept is removed.
            """)

    static let example: String? = "curbcut remove whisper-base.en"

    @Argument(help: ArgumentHelp("Names of models.", valueName: "model"))
    var models: [String]

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let (environment, notices) = (environment, notices)
        var output = Output()
        for name in models {
            let removed = try waiting(for: {
                try await Removal.remove(name, environment: environment) {
                    notices.line("another curbcut changes \(name); waiting")
                }
            })
            try report.write(
                "\(removed.wasInstalled ? "" : "what was fetched of ")\(removed.name) is removed from "
                    + "\(removed.path), which freed \(removed.freedBytes.megabytes)",
                .object([
                    ("name", .string(removed.name)), ("path", .string(removed.path)),
                    ("freed", .int(removed.freedBytes)),
                    ("wasInstalled", .bool(removed.wasInstalled)),
                ]), to: &output)
        }
    }
}
