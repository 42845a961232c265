import ArgumentParser
import Speech

/// One long text as many sound files.
struct SplitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "With -O: a sound file for each chapter (what a heading begins), for each sentence, or "
                + "for so many minutes.",
            valueName: "chapter|sentence|minutes"),
        transform: { argument in
            guard let split = SpeechSplit(argument: argument) else {
                throw ValidationError(
                    "--split takes chapter, sentence, or 0.1 to 1440 minutes.")
            }
            return split
        })
    var split: SpeechSplit?

    @Option(
        name: [.customShort("O"), .customLong("output-folder")],
        help: ArgumentHelp(
            "Write 001.wav, 002.wav and so on into FOLDER, or what --format names.",
            valueName: "folder"),
        completion: .directory)
    var folder: String?

    func validate() throws {
        if split != nil && folder == nil {
            throw ValidationError("--split needs -O with the name of a folder.")
        }
        if folder != nil && split == nil {
            throw ValidationError("-O needs --split, which says where files begin.")
        }
        if folder?.isEmpty == true { throw ValidationError("-O needs the name of a folder.") }
    }
}
