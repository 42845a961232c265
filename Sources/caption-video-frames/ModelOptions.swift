import ArgumentParser
import Describing
import Inference
import ModelStore
import ToolKit

/// Which model looks at the frames, and how.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model's folder or name. Default: the first captioner that is installed.",
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
        parsing: .unconditional,
        help: ArgumentHelp(
            "Weigh so many wordings at once, up to 16; more is slower.", valueName: "count"))
    var beams = 1

    @Option(help: ArgumentHelp("Begin each caption with these words.", valueName: "words"))
    var prefix: String?

    func validate() throws {
        if !(1...16).contains(beams) {
            throw ValidationError("--beams takes a number from 1 to 16, not \(beams).")
        }
        if prefix?.contains(where: \.isLetter) == false {
            throw ValidationError("--prefix needs words.")
        }
    }

    var choice: ModelChoice {
        ModelChoice(
            name: model, precision: precision, beams: beams, environment: environment)
    }

    var environment: [String: String] { ModelStore.findingShipped(processEnvironment()) }
}

extension Precision: ExpressibleByArgument {}
