import Signals

/// Why a model's tokenizer cannot be used.
package enum TokenizerError: Explained, Equatable {
    /// The folder holds none of the files that a tokenizer is read from.
    case noTokenizer(folder: String)
    case unreadable(FileFault)
    case notJSON(file: String, JSONFault)
    /// A part of the pipeline that is not known: "normalizer", "Precompiled".
    case unknownPart(file: String, part: String, type: String)
    case unknownPattern(file: String, pattern: String)
    /// A field that is missing or of another kind than it must be: "model.vocab".
    case field(file: String, name: String)
    /// A vocabulary that names a token or an id twice, or an id out of range.
    case vocabulary(file: String, token: String, id: Int)
    /// A merge of tokens that are not in the vocabulary.
    case merge(file: String, number: Int)

    package var what: String {
        switch self {
        case .noTokenizer(let folder):
            "\(folder) holds no tokenizer.json, vocab.txt, or vocab.json with merges.txt"
        case .unreadable(let fault): "cannot read \(fault.path): \(fault.reason)"
        case .notJSON(let file, let fault): "\(file) \(fault.sentence)"
        case .unknownPart(let file, let part, let type):
            "\(file) asks for a \(part) of type '\(type)', which is not known here"
        case .unknownPattern(let file, let pattern):
            "\(file) splits by the pattern '\(pattern)', which is not known here"
        case .field(let file, let name): "\(file) has no proper '\(name)'"
        case .vocabulary(let file, let token, let id):
            "\(file) gives '\(token)' the id \(id), which is out of range or taken twice"
        case .merge(let file, let number):
            "\(file) joins tokens that are not in its vocabulary (merge \(number))"
        }
    }

    package var remedy: String {
        switch self {
        case .noTokenizer: "give the folder that holds the model's files"
        case .unreadable: "check the path and its permissions"
        case .unknownPart, .unknownPattern: "use another model"
        case .notJSON, .field, .vocabulary, .merge: "fetch the model again"
        }
    }

    package var exitStatus: ExitStatus { .unavailable }
}
