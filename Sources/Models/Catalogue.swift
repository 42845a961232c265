import Inference
import ModelStore
import Signals

/// A model that can be installed.
package struct CatalogueEntry: Sendable, Equatable {
    package enum Task: Sendable { case describing, answering, transcribing }

    /// As users write it after `--model`.
    package let name: String
    /// Its owner and name on Hugging Face; nil for one that comes with Curbcut.
    package let repository: String?
    package let task: Task
    package let licence: String
    /// Of its weights in the published type.
    package let megabytes: Int
}

/// What can be installed, and which code computes what is.
package enum Catalogue {
    /// Best first for each task.
    package static let entries =
        [
            CatalogueEntry(
                name: "blip-image-captioning-base",
                repository: "Salesforce/blip-image-captioning-base",
                task: .describing, licence: "BSD-3-Clause", megabytes: 990),
            CatalogueEntry(
                name: "blip-image-captioning-large",
                repository: "Salesforce/blip-image-captioning-large",
                task: .describing, licence: "BSD-3-Clause", megabytes: 1_879),
            CatalogueEntry(
                name: "blip-vqa-base", repository: "Salesforce/blip-vqa-base", task: .answering,
                licence: "BSD-3-Clause", megabytes: 1_539),
            // Knows drawings only, so it comes after all others.
            CatalogueEntry(
                name: "starter-scenes", repository: nil, task: .describing,
                licence: "Apache-2.0", megabytes: 6),
        ] + speechEntries

    /// First those that keep up with speech on two cores, then by size.
    private static let speechEntries =
        [
            whisper("base", 290), whisper("small", 967), whisper("tiny", 151),
            whisper("medium", 3_056), whisper("large-v3-turbo", 1_618, licence: "MIT"),
            whisper("large-v3", 3_087), whisper("large-v2", 6_173), whisper("base.en", 290),
            whisper("small.en", 967), whisper("tiny.en", 151), whisper("medium.en", 3_056),
            distilled("small.en", 332), distilled("medium.en", 789),
            distilled("large-v3", 1_513),
        ]

    private static func whisper(
        _ size: String, _ megabytes: Int, licence: String = "Apache-2.0"
    ) -> CatalogueEntry {
        CatalogueEntry(
            name: "whisper-\(size)", repository: "openai/whisper-\(size)", task: .transcribing,
            licence: licence, megabytes: megabytes)
    }

    private static func distilled(_ size: String, _ megabytes: Int) -> CatalogueEntry {
        CatalogueEntry(
            name: "distil-\(size)", repository: "distil-whisper/distil-\(size)",
            task: .transcribing, licence: "MIT", megabytes: megabytes)
    }

    /// Loads a model that describes pictures, of the architecture that its `config.json` names.
    ///
    /// - Parameters:
    ///   - folder: an installed model
    ///   - precision: what it computes in
    ///   - beams: texts kept side by side while it writes; 1 is greedy
    ///   - maximumTokens: the most it writes; nil leaves that to the model's files
    /// - Returns: the model, ready to describe
    /// - Throws: an `Explained` error that names the file at fault.
    package static func imageDescriber(
        in folder: ModelFolder, precision: Precision, beams: Int, maximumTokens: Int?
    ) throws -> any ImageDescriber {
        let search = try Search(folder, beams: beams, maximumTokens: maximumTokens)
        switch try architecture(of: folder) {
        case "BlipForConditionalGeneration": return try Blip.Captioner(folder, precision, search)
        case let other:
            throw ModelError.architecture(
                found: other, folder: folder.path, wanted: ["BlipForConditionalGeneration"])
        }
    }

    /// Loads a model that answers questions about pictures; see `imageDescriber`.
    ///
    /// - Parameters:
    ///   - folder: an installed model
    ///   - precision: what it computes in
    ///   - beams: texts kept side by side while it writes; 1 is greedy
    ///   - maximumTokens: the most it writes; nil leaves that to the model's files
    /// - Returns: the model, ready to answer
    /// - Throws: an `Explained` error that names the file at fault.
    package static func questionAnswerer(
        in folder: ModelFolder, precision: Precision, beams: Int, maximumTokens: Int?
    ) throws -> any QuestionAnswerer {
        let search = try Search(folder, beams: beams, maximumTokens: maximumTokens)
        switch try architecture(of: folder) {
        case "BlipForQuestionAnswering": return try Blip.Answerer(folder, precision, search)
        case let other:
            throw ModelError.architecture(
                found: other, folder: folder.path, wanted: ["BlipForQuestionAnswering"])
        }
    }

    /// Loads a model that writes down speech.
    ///
    /// - Parameters:
    ///   - folder: an installed model
    ///   - precision: what it computes in
    /// - Returns: the model, ready to listen
    /// - Throws: an `Explained` error that names the file at fault.
    package static func speechRecognizer(
        in folder: ModelFolder, precision: Precision
    ) throws -> any SpeechRecognizer {
        switch try architecture(of: folder) {
        case "WhisperForConditionalGeneration", "whisper":
            return try Whisper.Recognizer(folder, precision)
        case let other:
            throw ModelError.architecture(
                found: other, folder: folder.path, wanted: ["WhisperForConditionalGeneration"])
        }
    }

    /// The first of `architectures` in `config.json`, else its `model_type`.
    static func architecture(of folder: ModelFolder) throws -> String {
        let config = try Configuration(file: folder.path + "/config.json")
        return try config.texts("architectures").first ?? config.text("model_type")
    }
}
