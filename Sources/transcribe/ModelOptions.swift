import ArgumentParser
import Inference
import ModelStore
import ToolKit
import Transcribing

/// Which model writes, and which finds the speech.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model's name or folder, or a file of whisper.cpp. Default: the first that is installed.",
            valueName: "model"),
        completion: .directory)
    var model: String?

    @Option(
        help: """
            Arithmetic of the model: int8 is fast and small, f32 exact. int4 is faster and rougher: 8 \
            bits where it takes in, 4 where it writes.
            """)
    var precision = Precision.int8

    @Option(
        help: """
            What finds the speech: energy is built in; silero is a model; off decodes all sound; auto \
            takes silero where it is installed, else energy, or nothing for a model that was taught \
            to tell silence.
            """)
    var vad = DetectorChoice.auto

    var choice: SpeechModelChoice {
        SpeechModelChoice(
            name: model, precision: precision, detector: vad,
            environment: ModelStore.findingShipped(processEnvironment()))
    }
}

extension Precision: ExpressibleByArgument {}
extension DetectorChoice: ExpressibleByArgument {}
