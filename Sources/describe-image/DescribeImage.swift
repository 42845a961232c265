import ArgumentParser
import Describing
import Inference
import ToolKit

/// Pictures in; a sentence each, the text and the codes that they hold out.
@main
struct DescribeImage: Tool {
    static let configuration = CommandConfiguration(
        commandName: "describe-image",
        abstract: "Say in words what a picture shows.",
        discussion: """
            JPEG, PNG and WebP pictures, told by their bytes. Everything happens on this machine.

            The answer is a caption, then a line "Text: ..." for each block of text and a line \
            "Code: ..." for each QR or bar code. "Possibly" begins a caption that the model is not \
            sure of. The model starter-scenes, which comes with the tools, knows drawings only and \
            is taken where no other captioner is installed. Where no model knows the picture, the \
            measured facts carry the answer: kind, size, light and colours. A blank picture is \
            called blank. With several pictures, or with --files0-from, each line begins with the \
            picture's name and a colon.

            Exit status: 0 done, 64 wrong usage, 65 damaged input, 66 missing input, 69 model or \
            language not installed, 74 cannot write. Of several pictures one that fails does not \
            stop the others; the first failure gives the status.

            Models are looked for in $CURBCUT_MODELS, $XDG_DATA_HOME/curbcut/models, the Hugging \
            Face cache and, for those that come with the tools, beside them \
            ($CURBCUT_STARTER_MODELS).
            """,
        version: curbcutVersion)
    static let example: String? = "describe-image photo.jpg | speak"

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "What to say") var form: FormOptions
    @OptionGroup(title: "How") var how: CaptionerOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var destination: OutputOptions

    mutating func validate() throws {
        if how.prefix != nil && !form.request.wantsCaption {
            throw ValidationError("--prefix begins a caption, and none is asked for.")
        }
    }

    func perform() throws {
        if destination.isAlreadyDone { return }
        try input.checkThatInputIsGiven()
        if let count = threads.count { useThreads(count) }
        var request = form.request
        request.prefix = how.prefix
        let answerer = form.ask == nil ? nil : try how.choice.answerer()
        let captioner = try how.captioner(for: request)
        var observer = try Observer(
            request, captioner: captioner, answerer: answerer, telling: notices)
        try destination.withOutput { output in
            let reader = observer.reader
            try input.forEachAhead(
                "pictures", telling: notices, threads: threads,
                open: { try reader.open($0) }, lookAhead: { reader.lookAhead($0) }
            ) { picture in
                try observer.describe(picture) { line in
                    output.write(line)
                    try output.endLine()
                }
            }
        }
    }
}
