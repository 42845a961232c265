import Signals

/// Why a speech model cannot do what it is asked.
package enum RecognitionError: Explained, Equatable {
    case unknownLanguage(String, model: String, known: [String])
    case cannotTranslate(model: String)

    package var what: String {
        switch self {
        case .unknownLanguage(let code, let model, let known):
            known.count == 1
                ? "the model \(model) knows the language \(known[0]) only, not '\(code)'"
                : "the model \(model) knows no language '\(code)'"
        case .cannotTranslate(let model): "the model \(model) cannot translate into English"
        }
    }

    package var remedy: String {
        switch self {
        case .unknownLanguage(_, _, let known) where known.count == 1:
            "name another model with --model: those without .en know many languages"
        case .unknownLanguage(_, _, let known):
            "give one of: " + known.sorted().joined(separator: ", ")
        case .cannotTranslate:
            "name a model that was trained to, such as whisper-small or whisper-medium, with --model"
        }
    }

    package var exitStatus: ExitStatus { .usage }
}
