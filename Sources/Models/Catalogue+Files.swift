import Inference
import ModelStore

extension Catalogue {
    /// Loads a model that writes down speech, from wherever its name leads.
    ///
    /// - Parameters:
    ///   - name: a file of whisper.cpp's such as `ggml-base.en.bin`, a folder, or the name of an
    ///     installed model
    ///   - environment: the variables that say where models are installed
    ///   - precision: what it computes in
    /// - Returns: the model, ready to listen
    /// - Throws: an `Explained` error that names the file at fault, or `ModelStoreError` where
    ///   nothing has that name.
    package static func speechRecognizer(
        named name: String, environment: [String: String], precision: Precision
    ) throws -> any SpeechRecognizer {
        if ModelStore.isFile(name) {
            return Whisper.Recognizer(try Whisper.Parts(GgmlFile(path: name), precision))
        }
        let known = entries.first { [$0.name, $0.repository].contains(name) }
        return try speechRecognizer(
            in: ModelStore.folder(
                named: name, environment: environment, repository: known?.repository),
            precision: precision)
    }
}
