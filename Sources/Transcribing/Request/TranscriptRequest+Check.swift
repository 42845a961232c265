import Models

extension TranscriptRequest {
    /// Before any sound is read: a wrong request is wrong for every recording.
    ///
    /// - Throws: `RecognitionError` where the model cannot do this.
    func check(against recognizer: any SpeechRecognizer) throws(RecognitionError) {
        if recognition.task == .translate, !recognizer.canTranslate {
            throw .cannotTranslate(model: recognizer.name)
        }
        for code in [language].compactMap(\.self) + recognition.allowedLanguages
        where !recognizer.languages.contains(code) {
            throw .unknownLanguage(code, model: recognizer.name, known: recognizer.languages)
        }
    }
}
