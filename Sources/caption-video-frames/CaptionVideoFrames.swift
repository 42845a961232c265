import ArgumentParser
import Describing
import Filming
import Inference
import ToolKit
import Transcribing
import Video

/// Films in, what they show and when out.
struct CaptionVideoFrames: Tool {
    static let configuration = CommandConfiguration(
        commandName: "caption-video-frames",
        abstract: "Say in words what a film shows, and when.",
        discussion: """
            MP4, MKV, WebM, AVI, MPEG-TS and other films, animated GIF, WebP and PNG, and pictures \
            one behind the other on standard input (JPEG, PNG, PPM). Everything happens on this \
            machine, and no other file or address that a film may name is opened.

            One frame of each scene is described, and more where a scene is long: a line with the \
            time and a sentence, and a line "Text: ..." for words that appear on the screen. What \
            repeats the line before is not said again. Black and blank frames are passed over, and \
            blurred ones for sharper ones of the same scene. "Possibly" begins a sentence that the \
            model is not sure of.

            Without a captioner the words on the screen and the times of scenes are told. With \
            several films, or with --files0-from, each line begins with the film's name and a colon.

            Exit status: 0 done, 64 wrong usage, 65 damaged input, 66 missing input, 69 model or \
            language not installed, 74 cannot write. Of a damaged film the good part is described. \
            Of several films one that fails does not stop the others; the first failure gives the \
            status.

            Models are looked for in $CURBCUT_MODELS, $XDG_DATA_HOME/curbcut/models, the Hugging \
            Face cache and, for those that come with the tools, beside them \
            ($CURBCUT_STARTER_MODELS).
            """,
        version: curbcutVersion)
    static let example: String? = "caption-video-frames film.mp4 --format vtt -o film.vtt"

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Which frames") var frames: FrameOptions
    @OptionGroup(title: "What to write") var form: FormOptions
    @OptionGroup(title: "Audio description") var narration: NarrationOptions
    @OptionGroup(title: "How") var how: CaptionerOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var destination: BatchOutputOptions

    mutating func validate() throws {
        let mayBeSeveral = input.files.count > 1 || input.listOfFiles != nil
        if mayBeSeveral, !form.format.canHoldSeveral, destination.folder == nil {
            throw ValidationError(
                "--format \(form.format.rawValue) of several films needs -O with a folder.")
        }
        if mayBeSeveral, let option = form.optionForOneFilm ?? narration.optionForOneFilm {
            throw ValidationError("\(option) names a file for one film; give one.")
        }
    }

    func perform() throws {
        if destination.single.isAlreadyDone { return }
        try input.checkThatInputIsGiven()
        if let count = threads.count { useThreads(count) }
        var teller = try FilmTeller(request, how.choice, telling: notices)
        guard let folder = destination.folder else {
            return try destination.single.withOutput { output in
                try input.forEachOpened("films", telling: notices) {
                    try teller.tell($0, to: &output)
                }
            }
        }
        var names = OutputNames(folder: folder, ending: form.ending)
        try input.forEachOpened("films", telling: notices) { film in
            let path = try names.path(for: film.name)
            if destination.isAlreadyThere(path) { return }
            try withOutputFile(path) { try teller.tell(film.unlabelled, to: &$0) }
        }
    }

    private var request: FilmRequest {
        var request = form.request
        request.sampling = frames.sampling
        request.range = frames.range
        request.options.picturesPerSecond = frames.pictureRate
        if let count = threads.count { request.options.threads = count }
        request.prefix = how.prefix
        request.narration = narration.request(environment: how.environment)
        return request
    }
}
