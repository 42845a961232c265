import Inference
import ModelStore
import Models
import Signals

/// Which installed model writes, and which finds the speech.
package struct SpeechModelChoice: Sendable {
    /// A folder, a file of whisper.cpp or a name; nil takes the first of the catalogue that is
    /// installed.
    package var name: String?
    package var precision: Precision
    package var detector: DetectorChoice
    package var environment: [String: String]

    package init(
        name: String?, precision: Precision, detector: DetectorChoice,
        environment: [String: String]
    ) {
        self.name = name
        self.precision = precision
        self.detector = detector
        self.environment = environment
    }
}

/// What tells speech from other sound.
package enum DetectorChoice: String, CaseIterable, Sendable {
    /// Silero where it is installed, else the built-in one.
    case auto
    /// The built-in one, which needs no model.
    case energy
    case silero
    /// Nothing: all sound is decoded.
    case off
}

extension SpeechModelChoice {
    /// - Returns: the model that writes.
    /// - Throws: `NoModelError` where none is installed, `ModelStoreError` where the named one is
    ///   missing, the model's own errors.
    func recognizer() throws -> any SpeechRecognizer {
        try Catalogue.speechRecognizer(
            named: name, environment: environment, precision: precision)
    }

    /// - Returns: what finds the speech; nil where all sound is to be decoded.
    /// - Throws: `ModelStoreError` and `WeightsError` where a model that was asked for is missing
    ///   or damaged.
    func voiceDetector() throws -> (any VoiceDetector)? {
        switch detector {
        case .off: return nil
        case .energy: return EnergyDetector()
        case .silero:
            let folder = try ModelStore.folder(
                named: "silero-vad", environment: environment, repository: nil)
            return try Silero.Detector(folder: folder)
        case .auto:
            guard
                let folder = ModelStore.installed(named: "silero-vad", environment: environment)
            else { return EnergyDetector() }
            return try Silero.Detector(folder: folder)
        }
    }
}
