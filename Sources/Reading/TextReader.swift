import Signals

/// Text in a picture, as a block of lines.
package struct TextBlock: Sendable, Equatable, Encodable {
    /// Lines as they stand in the picture, parted by line feeds; a word broken by a hyphen stays so.
    package let text: String
    /// Where it is, in pixels of the picture.
    package let box: Box
    /// How sure the recogniser is, 0 to 1.
    package let confidence: Double

    package init(text: String, box: Box, confidence: Double) {
        self.text = text
        self.box = box
        self.confidence = confidence
    }
}

/// Reads the text in pictures; loads its languages when the first picture looks as if it held text.
package final class TextReader {
    private let languages: TextLanguages
    private var engines = Engines()

    private struct Engines: ~Copyable {
        var text: TextEngine?
        var orientation: TextEngine?
    }

    /// - Parameter language: Tesseract's names, "eng", "eng+deu".
    /// - Throws: `ReadingError.languageInvalid`, `.languageMissing`, `.textEngineMissing`.
    package init(language: String) throws(ReadingError) {
        languages = try TextLanguages(language)
    }

    /// The text in a picture, block after block in reading order; none where none is sure enough.
    ///
    /// - Parameter image: any size.
    /// - Returns: blocks from the top.
    /// - Throws: `ReadingError.languageDamaged`.
    package func read(_ image: Image) throws(ReadingError) -> [TextBlock] {
        let grey = GreyPicture(image)
        let shrinking = Self.shrinking(width: grey.width, height: grey.height)
        let small = grey.shrunk(by: shrinking)
        let traces = TextTraces(small)
        guard traces.pairedCells >= Self.leastPairedCells else { return [] }
        let enlarging = Self.enlarging(width: small.width, height: small.height)
        let enlarged = small.enlarged(by: enlarging)
        let picture = traces.isLightOnDark ? enlarged.inverted() : enlarged
        let found = try blocks(in: picture)
        let scale = Double(shrinking) / Double(enlarging)
        return found.map {
            $0.moved { $0.scaled(by: scale, width: image.width, height: image.height) }
        }
    }
}

extension TextReader {
    /// One cell may be an eye or a leaf; a word of any size spreads over two.
    static let leastPairedCells = 1
    /// A page at 300 dots per inch; beyond it the letters only get slower to read.
    static let mostPixels = 9_000_000
    /// Below this, letters are likely lower than the 30 pixels that Tesseract reads best.
    static let wantedPixels = 2_000_000
    /// Beyond three times, interpolation adds nothing to read.
    static let mostEnlarging = 3

    static func shrinking(width: Int, height: Int) -> Int {
        var factor = 1
        while (width / factor) * (height / factor) > mostPixels { factor += 1 }
        return factor
    }

    static func enlarging(width: Int, height: Int) -> Int {
        var factor = 1
        while factor < mostEnlarging
            && (factor + 1) * (factor + 1) * width * height <= wantedPixels
        { factor += 1 }
        return factor
    }

    /// A guard against pictures that the engine chews on without end.
    ///
    /// A dense page of 8 megapixels
    /// takes 4 s on one core.
    static let deadlineMilliseconds = 30_000

    private func blocks(in picture: GreyPicture) throws(ReadingError) -> [TextBlock] {
        let page = try words(in: picture, layout: .page)
        if Self.seemsTurned(page), let quarters = try quartersToUpright(picture) {
            let upright = picture.turned(quarters: quarters)
            return TextSieve.blocks(
                of: try words(in: upright, layout: .page), layout: .page
            ).map { $0.moved { $0.turned(quarters: 4 - quarters, within: upright) } }
        }
        let lines = TextSieve.blocks(of: page, layout: .page)
        if lines.letterCount >= Self.fewLetters { return lines }
        let labels = TextSieve.blocks(
            of: try words(in: picture, layout: .scattered), layout: .scattered)
        return labels.letterCount > lines.letterCount ? labels : lines
    }

    /// Fewer letters than this in lines of print, and the picture may be one of labels.
    static let fewLetters = 60

    /// None where the engine ran out of time.
    private func words(
        in picture: GreyPicture, layout: TextLayout
    ) throws(ReadingError) -> [Word] {
        if engines.text == nil {
            engines.text = try TextEngine(languages: languages.names, folder: languages.folder)
        }
        return engines.text?.read(
            picture, layout: layout, deadlineMilliseconds: Self.deadlineMilliseconds) ?? []
    }
}

/// Pages that lie on their side or head.
extension TextReader {
    /// So few words may be unsure for other reasons.
    static let leastTurnedWords = 6
    /// An upright page has a mean of 0.85 and more, one upside down 0.3 to 0.45.
    static let mostTurnedConfidence = 0.6
    /// The engine's own notes call 15 "reasonably confident"; a page of 60 words gives 9 to 11, a
    /// screen of 30 words 1.
    static let leastTurnConfidence: Float = 2

    private static func seemsTurned(_ words: [Word]) -> Bool {
        guard words.count >= leastTurnedWords else { return false }
        let mean = words.reduce(0) { $0 + $1.confidence } / Double(words.count)
        return mean < mostTurnedConfidence
    }

    /// Nil for an upright picture, and where orientation cannot be told.
    private func quartersToUpright(_ picture: GreyPicture) throws(ReadingError) -> Int? {
        guard languages.canTellOrientation else { return nil }
        if engines.orientation == nil {
            engines.orientation = try TextEngine(
                languages: TextLanguages.orientation, folder: languages.folder)
        }
        guard let found = engines.orientation?.orientation(of: picture),
            found.quarters != 0, found.confidence >= Self.leastTurnConfidence
        else { return nil }
        return found.quarters
    }
}

extension [TextBlock] {
    fileprivate var letterCount: Int { reduce(0) { $0 + $1.text.letterCount } }
}

extension TextBlock {
    fileprivate func moved(by move: (Box) -> Box) -> TextBlock {
        TextBlock(text: text, box: move(box), confidence: confidence)
    }
}

extension Box {
    /// Where it lies once the picture is turned clockwise by so many quarters.
    fileprivate func turned(quarters: Int, within picture: GreyPicture) -> Box {
        switch quarters % 4 {
        case 1: Box(x: picture.height - y - height, y: x, width: height, height: width)
        case 2:
            Box(
                x: picture.width - x - width, y: picture.height - y - height, width: width,
                height: height)
        case 3: Box(x: y, y: picture.width - x - width, width: height, height: width)
        default: self
        }
    }
}
