import ArgumentParser
import Inference
import ModelStore
import ToolKit

/// Which model looks at pictures, and how: arguments of every tool that has pictures described.
package struct CaptionerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model's folder or name. Default: the first captioner that is installed.",
            valueName: "model"),
        completion: .directory)
    package var model: String?

    @Option(
        help: """
            Arithmetic of the model: int8 is fast and small, f32 exact. int4 is faster and rougher: 8 \
            bits where it takes in, 4 where it writes.
            """)
    package var precision = Precision.int8

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Weigh so many wordings at once, up to 16; more is slower.", valueName: "count"))
    package var beams = 1

    @Option(help: ArgumentHelp("Begin each caption with these words.", valueName: "words"))
    package var prefix: String?

    package init() {}

    package func validate() throws {
        if !(1...16).contains(beams) {
            throw ValidationError("--beams takes a number from 1 to 16, not \(beams).")
        }
        if prefix?.contains(where: \.isLetter) == false {
            throw ValidationError("--prefix needs words.")
        }
    }

    package var choice: ModelChoice {
        ModelChoice(name: model, precision: precision, beams: beams, environment: environment)
    }

    /// With the models that come with the tools.
    package var environment: [String: String] {
        ModelStore.findingShipped(processEnvironment())
    }
}

extension Precision: ExpressibleByArgument {}
