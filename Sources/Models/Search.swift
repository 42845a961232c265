import Inference
import ModelStore

/// How a model looks for words: what the user asked for, else what the model's files say.
package struct Search: Sendable {
    /// Texts kept side by side; 1 is greedy search.
    package let beams: Int
    /// Tokens to write at most.
    private let maximumNewTokens: Int?
    /// Tokens of the whole text at most, the prompt included, as the model's files say.
    private let maximumLength: Int?

    /// What the reference writes at most where nobody says otherwise.
    ///
    /// Source: `generation/utils.py`, `GenerationMixin._prepare_generated_length` with the default
    /// `max_length` of 20.
    private static let standardNewTokens = 20

    /// Reads `generation_config.json`, where the folder holds one.
    ///
    /// - Throws: `ConfigurationError` where that file is damaged.
    package init(_ folder: ModelFolder, beams: Int, maximumTokens: Int?) throws {
        self.beams = max(1, beams)
        var fromFile: (new: Int?, all: Int?) = (nil, nil)
        if let path = folder.path(of: "generation_config.json") {
            let file = try Configuration(file: path)
            fromFile.new = try file.optionalInteger("max_new_tokens", in: 1...100_000)
            fromFile.all = try file.optionalInteger("max_length", in: 1...100_000)
        }
        maximumNewTokens = maximumTokens ?? fromFile.new
        maximumLength = fromFile.all
    }

    func options(_ prompt: [Int], _ config: Blip.Config.Text) -> GenerationOptions {
        let wanted =
            maximumNewTokens.map { prompt.count + $0 } ?? maximumLength
            ?? prompt.count + Search.standardNewTokens
        var options = GenerationOptions(
            maximumLength: min(wanted, config.positionCount), endToken: config.endToken)
        options.beams = beams
        return options
    }
}
