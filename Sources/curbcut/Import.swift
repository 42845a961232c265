import ArgumentParser
import Keeping
import ToolKit

struct Import: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take a model that you have already into the store.",
        discussion: """
            PATH is a folder with config.json, tokenizer.json and model.safetensors, a file of \
            whisper.cpp's such as ggml-base.en.bin, or a folder of the Hugging Face cache, which \
            is linked to and not copied. The folder that the model then has is written to \
            standard output.
            """)

    static let example: String? = "curbcut import ~/Downloads/ggml-base.en.bin"

    @Argument(
        help: ArgumentHelp("A model's folder or file.", valueName: "path"), completion: .file())
    var path: String

    @Option(
        help: ArgumentHelp(
            "Call it NAME or Owner/NAME; by default after the path.", valueName: "name"))
    var name: String?

    @Flag(help: "Point to it instead of copying; it must then stay where it is.")
    var link = false

    @OptionGroup var report: ReportOptions

    func perform() throws {
        let plan = try Importing.plan(path, name: name, wantsLink: link)
        let store = try Store(environment: environment)
        let notices = notices
        let folder = try waiting(for: {
            try await Importing.perform(plan, in: store) {
                notices.line("another curbcut changes \(plan.name); waiting")
            }
        })
        var output = Output()
        try report.write(
            folder,
            .object([
                ("name", .string(plan.name)), ("path", .string(folder)),
                ("link", .bool(plan.isLink)),
            ]), to: &output)
    }
}
