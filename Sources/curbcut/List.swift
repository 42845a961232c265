import ArgumentParser
import Keeping
import ToolKit

struct List: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which models are here and which can be had, what for, and how good.",
        discussion: """
            First what is installed, then what pull knows, best first for each task. Each line has \
            the model's name, whether it is installed, its size, its licence, what it does, and a \
            published figure with its source, where one is known.
            """)

    static let example: String? = "curbcut list --installed"

    @Flag(help: "Leave out what is not installed.")
    var installed = false

    @OptionGroup var report: ReportOptions

    func perform() throws {
        var output = Output()
        for model in Inventory(environment: environment).models
        where model.folder != nil || !installed {
            try report.write(model.sentence, model.json, to: &output)
        }
    }
}
