import ArgumentParser
import Fetching
import Keeping
import ToolKit

struct Pull: CurbcutCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fetch a model, check every byte, and install it.",
        discussion: """
            What was interrupted goes on where it stopped. A model that is there already is checked; \
            what is damaged of it is fetched again. Only the files that are needed are fetched, and \
            weights only as safetensors, which cannot hold code. The folder of the model is \
            written to standard output.

            HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE and the token that hf auth login stored are read as \
            Hugging Face's own programs read them. The token is sent to HF_ENDPOINT (or \
            huggingface.co) alone, not to a mirror nor to where the hub leads. HTTPS_PROXY and \
            NO_PROXY are read as curl reads them; SSL_CERT_FILE names certificate authorities to trust.

            Ctrl-C keeps what came, and says how much; curbcut remove drops it.
            """)

    static let example: String? = "curbcut pull whisper-base.en --progress"

    @Argument(
        help: ArgumentHelp(
            "A name that curbcut list knows, or hf:OWNER/REPO with or without @REVISION.",
            valueName: "model"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "Fetch from a server that is laid out as the hub is.", valueName: "url"))
    var mirror: String?

    @Flag(help: "Fetch a model whose licence forbids commercial use, or has terms of its own.")
    var acceptLicence = false

    @Flag(help: "Say on stderr how far it is, at most every 10 seconds.")
    var progress = false

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Try again so often in a row when the network fails.", valueName: "count"))
    var retries = 5

    @OptionGroup var report: ReportOptions

    func validate() throws {
        if !(0...100).contains(retries) {
            throw ValidationError("--retries takes a number from 0 to 100, not \(retries).")
        }
    }

    func perform() throws {
        let reference = try ModelReference(model)
        let pull = Fetching.Pull(
            environment: environment, mirror: mirror, acceptsLicence: acceptLicence,
            patience: Patience(retries: retries))
        let notices = notices
        let told = PullProgress(reference.name, isWanted: progress) { notices.line($0) }
        let pulled = try waiting(for: { try await pull(reference, told) })
        if pulled.wasThere { told.say("it is there already, and whole") }
        var output = Output()
        try report.write(pulled.path, pulled.json, to: &output)
    }
}

extension PulledModel {
    fileprivate var json: JSON {
        .object([
            ("name", .string(name)), ("path", .string(path)),
            ("source", source.map(JSON.string) ?? .null),
            ("revision", revision.map(JSON.string) ?? .null),
            ("licence", licence.name.map(JSON.string) ?? .null),
            ("bytes", byteCount.map(JSON.int) ?? .null), ("fetched", .bool(!wasThere)),
        ])
    }
}
