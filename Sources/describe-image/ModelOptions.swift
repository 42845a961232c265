import ArgumentParser
import Describing
import Models
import Inference
import ModelStore
import ToolKit

/// Which model looks at the picture, and how.
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

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Weigh so many wordings at once, up to 16; more is slower.", valueName: "count"))
    var beams = 1

    @Option(help: ArgumentHelp("Begin the caption with these words.", valueName: "words"))
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
            name: model, precision: precision, beams: beams,
            environment: ModelStore.findingShipped(processEnvironment()))
    }

    /// - Parameter request: what is wanted of each picture.
    /// - Returns: nil where no caption is wanted, or no captioner was named and none is installed.
    /// - Throws: `ModelStoreError`, and the model's own errors.
    func captioner(for request: Request) throws -> (any ImageDescriber)? {
        guard request.wantsCaption else { return nil }
        if let captioner = try choice.captioner() { return captioner }
        if prefix != nil { throw NoModelError(task: .describing) }
        return nil
    }
}

extension Precision: ExpressibleByArgument {}
