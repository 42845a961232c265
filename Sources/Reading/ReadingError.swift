import Signals

/// Why text or codes cannot be read.
package enum ReadingError: Explained, Equatable {
    /// libtesseract is not installed.
    case textEngineMissing
    /// libzbar is not installed.
    case codeScannerMissing
    /// The words after `--text-language` name no language.
    case languageInvalid(String)
    case languageMissing(language: String, folder: String)
    /// Its file is there and the engine refuses it.
    case languageDamaged(languages: String, folder: String)
    /// The engine gave up on a picture.
    case textEngineFailed(width: Int, height: Int)
    /// The scanner gave up on a picture.
    case codeScannerFailed(width: Int, height: Int)

    package var what: String {
        switch self {
        case .textEngineMissing: "the text recogniser, libtesseract.so.5, is not installed"
        case .codeScannerMissing: "the code reader, libzbar.so.0, is not installed"
        case .languageInvalid(let language): "'\(language)' is not a text language"
        case .languageMissing(let language, let folder):
            "the text language '\(language)' is not in \(folder)"
        case .languageDamaged(let languages, let folder):
            "the text recogniser cannot load '\(languages)' from \(folder)"
        case .textEngineFailed(let width, let height):
            "the text recogniser gave up on a picture of \(width) by \(height) pixels"
        case .codeScannerFailed(let width, let height):
            "the code reader gave up on a picture of \(width) by \(height) pixels"
        }
    }

    package var remedy: String {
        switch self {
        case .textEngineMissing: "type: sudo apt install libtesseract5 tesseract-ocr-eng"
        case .codeScannerMissing: "type: sudo apt install libzbar0"
        case .languageInvalid:
            "give the names of Tesseract, such as eng, or eng+deu for two languages"
        case .languageMissing(let language, _):
            "type: sudo apt install \(TextLanguages.debianPackage(of: language))"
        case .languageDamaged:
            "install the language packs again, or unset TESSDATA_PREFIX if it is set"
        case .textEngineFailed, .codeScannerFailed: "try the picture at a smaller size"
        }
    }

    package var exitStatus: ExitStatus {
        switch self {
        case .languageInvalid: .usage
        case .textEngineMissing, .codeScannerMissing, .languageMissing, .languageDamaged:
            .unavailable
        case .textEngineFailed, .codeScannerFailed: .internalFault
        }
    }
}
