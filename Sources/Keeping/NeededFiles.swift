import Signals

/// Which of a repository's or folder's files a model needs: configuration, tokenizer, and weights as
/// safetensors.
///
/// Never pickle (`.bin`, `.pt`), which can hold code, nor weights for other programs.
package struct NeededFiles: Sendable, Equatable {
    /// Small files, each of which a loader opens where it is there.
    package let settings: [String]
    /// Weights in one file; empty where there are several.
    package let weights: [String]
    /// Names the files that weights were split into; nil where there is one file.
    package let index: String?
    /// The publisher's own words on licence and use.
    package let terms: [String]

    private static let settings = [
        "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json",
    ]
    private static let required = ["config.json", "tokenizer.json"]

    /// - Parameters:
    ///   - names: of every file, paths inside a repository
    ///   - place: whose they are, for the message
    /// - Throws: `NeededFilesError` where a file that no model can do without is missing.
    package init(among names: [String], of place: String) throws(NeededFilesError) {
        let all = Set(names)
        for name in Self.required where !all.contains(name) {
            throw .missing(name, place: place)
        }
        settings = Self.settings.filter(all.contains)
        let single = "model.safetensors"
        let index = single + ".index.json"
        if all.contains(single) {
            weights = [single]
            self.index = nil
        } else if all.contains(index) {
            weights = []
            self.index = index
        } else {
            throw .noWeights(
                place: place,
                found: [".bin", ".pt", ".pth", ".ckpt", ".msgpack", ".h5", ".onnx", ".gguf"].lazy
                    .compactMap { ending in names.first { $0.hasSuffix(ending) } }.first)
        }
        terms = names.filter { name in
            name == "README.md"
                || !name.contains("/")
                    && ["LICENSE", "LICENCE", "NOTICE", "COPYING"].contains(
                        where: name.uppercased().hasPrefix)
                    && name != Licence.fileName
        }.sorted()
    }
}

/// A repository or folder that no model here can be made of.
package enum NeededFilesError: Explained, Equatable {
    case missing(String, place: String)
    case noWeights(place: String, found: String?)

    package var what: String {
        switch self {
        case .missing(let name, let place): "\(place) has no \(name)"
        case .noWeights(let place, nil): "\(place) has no model.safetensors"
        case .noWeights(let place, let found?):
            "\(place) has no model.safetensors; \(found) is not taken, since only safetensors holds "
                + "weights and nothing else"
        }
    }

    package var remedy: String {
        switch self {
        case .missing: "take a repository in the layout of transformers; curbcut list names some"
        case .noWeights:
            "look for a revision that has it, often hf:OWNER/REPO@refs/pr/NUMBER, or ask its owner"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
