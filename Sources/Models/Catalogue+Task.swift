import ModelStore

extension Catalogue {
    /// The architectures that some code here computes, as `config.json` names them.
    package static let architectures: [(name: String, task: CatalogueEntry.Task)] = [
        ("BlipForConditionalGeneration", .describing), ("BlipForQuestionAnswering", .answering),
        ("WhisperForConditionalGeneration", .transcribing), ("whisper", .transcribing),
        ("CLIPModel", .comparing), ("clip", .comparing),
    ]

    /// What an installed model, in the catalogue or not, can do.
    ///
    /// - Parameter folder: whose `config.json` is read; a model of whisper.cpp and Silero VAD have none
    /// - Returns: its task
    /// - Throws: `ModelError.architecture` where nothing here computes it, `ConfigurationError` where
    ///   its configuration is missing or damaged.
    package static func task(of folder: ModelFolder) throws -> CatalogueEntry.Task {
        if folder.path(of: ModelFolder.ggmlFile) != nil { return .transcribing }
        if folder.path(of: "silero_vad_16k.safetensors") != nil { return .detecting }
        let found = try architecture(of: folder)
        guard let known = architectures.first(where: { $0.name == found }) else {
            throw ModelError.architecture(
                found: found, folder: folder.path, wanted: architectures.map(\.name))
        }
        return known.task
    }

    /// - Parameter name: of a model as users write it, or its repository.
    /// - Returns: its entry; nil where it is none of the catalogue.
    package static func entry(named name: String) -> CatalogueEntry? {
        entries.first { [$0.name, $0.repository].contains(name) }
    }
}
