import Inference
import ModelStore

extension Catalogue {
    /// Loads a model that writes down speech, from wherever its name leads.
    ///
    /// - Parameters:
    ///   - name: a file of whisper.cpp's such as `ggml-base.en.bin`, a folder, or the name of an
    ///     installed model; nil takes the first of the catalogue that is installed
    ///   - environment: the variables that say where models are installed
    ///   - precision: what it computes in
    /// - Returns: the model, ready to listen
    /// - Throws: an `Explained` error that names the file at fault, `ModelStoreError` where nothing
    ///   has that name, or `NoModelError` where none is named and none is installed.
    package static func speechRecognizer(
        named name: String?, environment: [String: String], precision: Precision
    ) throws -> any SpeechRecognizer {
        if let name, ModelStore.isFile(name) {
            let stems = KeptFiles.stems(for: name, environment: environment)
            return Whisper.Recognizer(
                try Whisper.Parts(
                    GgmlFile(path: name), precision, keptAt: PreparedPlaces(stems, precision)))
        }
        let found = try folder(named: name, for: .transcribing, environment: environment)
        guard let folder = found else { throw NoModelError(task: .transcribing) }
        return try speechRecognizer(in: folder, precision: precision)
    }
}
