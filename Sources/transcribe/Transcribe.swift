import ArgumentParser
import Inference
import ToolKit
import Transcribing

/// Sound in, text out.
@main
struct Transcribe: Tool {
    static let configuration = CommandConfiguration(
        commandName: "transcribe",
        abstract: "Write down what is said in a recording.",
        discussion: """
            Sound files of any kind, films, and standard input; nothing leaves this machine. Only \
            speech is decoded: silence gives no words and is no failure.

            Text comes as soon as it is decided, a line for each stretch of speech. With several \
            recordings, or with --files0-from, each line begins with the recording's name and a \
            colon. With -O each recording gets a file of its own, which appears when it is \
            complete; with --skip-existing a run that was stopped goes on where it was.

            Exit status: 0 done, 64 wrong usage, 65 damaged input or, with --lint, findings, 66 \
            missing input, 69 model not installed, 74 cannot write. Of a damaged recording the \
            good part is written. Of several recordings one that fails does not stop the others; \
            the first failure gives the status.

            Models are looked for in $CURBCUT_MODELS, $XDG_DATA_HOME/curbcut/models, the Hugging \
            Face cache and, for those that come with the tools, beside them \
            ($CURBCUT_STARTER_MODELS).
            """,
        version: curbcutVersion)
    static let example: String? = "transcribe --format srt interview.mp3 -o interview.srt"

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "What to write") var form: FormOptions
    @OptionGroup(title: "Which sound") var sound: SoundOptions
    @OptionGroup(title: "Language") var language: LanguageOptions
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Live") var live: LiveOptions
    @OptionGroup(title: "Search") var search: SearchOptions
    @OptionGroup(title: "When sound is speech") var hearing: HearingOptions
    @OptionGroup(title: "When a text is not believed") var belief: BeliefOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var destination: BatchOutputOptions

    func perform() throws {
        if form.lint { return try writeFindings() }
        if destination.single.isAlreadyDone { return }
        try input.checkThatInputIsGiven()
        if let count = threads.count { useThreads(count) }
        let scribe = try Scribe(plan, telling: notices)
        guard let folder = destination.folder else {
            return try destination.single.withOutput { output in
                try input.forEachOpened("recordings", telling: notices) {
                    try scribe.write($0, to: &output)
                }
            }
        }
        var names = OutputNames(folder: folder, ending: form.chosen.ending)
        try input.forEachOpened("recordings", telling: notices) { recording in
            let path = try names.path(for: recording.name)
            if destination.isAlreadyThere(path) { return }
            try withOutputFile(path) { try scribe.write(recording.unlabelled, to: &$0) }
        }
    }

    private func writeFindings() throws {
        try destination.single.withOutput { output in
            try input.forEach("files", telling: notices) {
                try writeLint(of: $0, form.style.profile, to: &output)
            }
        }
    }
}
