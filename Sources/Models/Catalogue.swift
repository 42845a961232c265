import Inference
import ModelStore
import Signals

/// Which code computes what is installed, and what can be installed (`entries`).
package enum Catalogue {
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

    /// Loads a model that compares pictures.
    ///
    /// - Parameters:
    ///   - folder: an installed model
    ///   - precision: what it computes in
    /// - Returns: the model, ready to look
    /// - Throws: an `Explained` error that names the file at fault.
    package static func imageEmbedder(
        in folder: ModelFolder, precision: Precision
    ) throws -> any ImageEmbedder {
        switch try architecture(of: folder) {
        case "CLIPModel", "clip": return try Clip.Embedder(folder, precision)
        case let other:
            throw ModelError.architecture(
                found: other, folder: folder.path, wanted: ["CLIPModel"])
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
        if let path = folder.path(of: ModelFolder.ggmlFile) {
            let places = PreparedPlaces(folder.keptStems, precision)
            return Whisper.Recognizer(
                try Whisper.Parts(GgmlFile(path: path), precision, keptAt: places))
        }
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
