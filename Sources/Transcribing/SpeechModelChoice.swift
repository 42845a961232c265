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
    /// Silero where it is installed, else the built-in one, unless the recogniser needs none.
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

    /// - Parameter recognizer: what writes, where anything does
    /// - Returns: what finds the speech; nil where all sound is to be decoded.
    /// - Throws: `NoDetectorError` where the model that was asked for is missing, `WeightsError`
    ///   where it is damaged.
    package func voiceDetector(
        for recognizer: (any SpeechRecognizer)? = nil
    ) throws -> (any VoiceDetector)? {
        let silero = ModelStore.installed(named: "silero-vad", environment: environment)
        switch (detector, silero) {
        case (.off, _): return nil
        case (.auto, nil) where recognizer?.tellsSilence == true: return nil
        case (.energy, _), (.auto, nil): return EnergyDetector()
        case (.silero, nil): throw NoDetectorError()
        case (.silero, let folder?), (.auto, let folder?):
            return try Silero.Detector(folder: folder)
        }
    }
}

/// Silero was asked for and is not installed.
package struct NoDetectorError: Explained, Equatable {
    package var what: String { "the voice detector Silero VAD is not installed" }
    package var remedy: String {
        ModelStore.installCommand("silero-vad") + ", or leave out --vad silero"
    }
    package var exitStatus: ExitStatus { .unavailable }
}
