import Images
import Reading
import Signals
import Synchronization
import ToolKit

/// Opens pictures and reads what stands in them; may be called from several threads.
///
/// The text recogniser is loaded at the first picture that needs it.
package final class PictureReader: Sendable {
    private let request: Request
    private let limits: DecodingLimits
    private let text: Mutex<TextReader?>

    /// - Parameters:
    ///   - request: what is wanted of each picture.
    ///   - limits: what is decoded.
    /// - Throws: `ReadingError` where the text that is asked for can be read in no picture.
    init(_ request: Request, limits: DecodingLimits) throws(ReadingError) {
        self.request = request
        self.limits = limits
        text = Mutex(request.needsText ? try TextReader(language: request.textLanguage) : nil)
    }

    /// Decodes a picture and measures it; text and codes are found when they are asked for.
    ///
    /// - Parameter input: the bytes of the picture.
    /// - Returns: what can be described.
    /// - Throws: `ImageError`.
    package func open(_ input: Input) throws -> OpenPicture {
        let started = ContinuousClock.now
        let image = try decodeImage(input.bytes, limits: limits)
        let facts = Facts(measuring: image)
        return OpenPicture(
            name: input.name, label: input.label, image: image, facts: facts,
            openingTime: ContinuousClock.now - started,
            text: Finding { [self] () throws(ReadingError) in try read(image) },
            codes: Finding { () throws(ReadingError) in try readCodes(image) })
    }

    /// Finds what will be asked for, so that nobody waits for it.
    ///
    /// A failure is left to whoever asks.
    package func lookAhead(_ picture: OpenPicture) {
        guard picture.facts.kind != .blank else { return }
        for part in request.parts {
            switch part {
            case .text: _ = try? picture.text.value()
            case .codes: _ = try? picture.codes.value()
            case .words, .answer, .facts, .alt: break
            }
        }
    }

    /// - Returns: the text in a picture, block after block.
    /// - Throws: `ReadingError`.
    func read(_ image: Image) throws(ReadingError) -> [TextBlock] {
        try text.withLock { reader in
            Result { () throws(ReadingError) in
                if let reader { return try reader.read(image) }
                let loaded = try TextReader(language: request.textLanguage)
                reader = loaded
                return try loaded.read(image)
            }
        }.get()
    }
}
