extension Doctor {
    /// Starts each tool, and tries the main job where the tools for it run.
    static func tools(in folder: String) -> [Finding] {
        let needed = ["describe-image", "speak"]
        let others = ["transcribe", "caption-video-frames"]
        let missing = (needed + others).flatMap { name in
            tool(name, in: folder, isNeeded: needed.contains(name))
        }
        guard missing.areFit else { return missing }
        return missing + [voices(folder), MainJob.finding(toolFolder: folder)]
    }

    /// All that it links is there where a tool says its version.
    private static func tool(_ name: String, in folder: String, isNeeded: Bool) -> [Finding] {
        let path = "\(folder)/\(name)"
        guard Disk.size(path) != nil else {
            return [
                Finding(
                    name, isNeeded ? .broken : .lacking, "it is not in \(folder)",
                    mend: "swift build -c release, in the checkout")
            ]
        }
        guard let trial = Trial([path, "--version"]), trial.isDone else {
            return [
                Finding(
                    name, isNeeded ? .broken : .lacking, "\(path) does not start",
                    mend: "ldd \(path), which names the missing library")
            ]
        }
        return []
    }

    private static func voices(_ folder: String) -> Finding {
        let trial = Trial(["\(folder)/speak", "--list-voices"])
        let names = (trial?.text ?? "").split(separator: "\n")
        guard trial?.isDone == true, !names.isEmpty else {
            return Finding(
                "voices", .broken, "speak lists none", mend: "sudo apt install espeak-ng-data")
        }
        return Finding("Voices", .fine, "\(names.count), listed by: speak --list-voices")
    }
}
