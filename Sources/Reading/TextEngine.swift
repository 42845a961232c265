import CTesseract

/// Tesseract with its languages loaded.
///
/// The one place where Reading touches Tesseract's memory.
@safe
struct TextEngine: ~Copyable {
    private let handle: OpaquePointer

    /// The languages in `folder`, joined with "+".
    ///
    /// - Parameters:
    ///   - languages: names of language files without their ending.
    ///   - folder: where they are.
    /// - Throws: `ReadingError.textEngineMissing`, or `.languageDamaged` where a file is there and
    ///   unusable.
    init(languages: String, folder: String) throws(ReadingError) {
        // Safe: the library is open; the handle is destroyed once, here or in deinit.
        guard cc_tesseract_open() == 1, let created = unsafe cc_engine_create() else {
            throw .textEngineMissing
        }
        guard unsafe cc_engine_load(created, folder, languages) == 1 else {
            unsafe cc_engine_destroy(created)
            throw .languageDamaged(languages: languages, folder: folder)
        }
        unsafe handle = created
    }

    deinit {
        // Safe: nobody else holds the handle.
        unsafe cc_engine_destroy(handle)
    }

    /// The folder that this build of Tesseract takes languages from.
    static func defaultFolder() throws(ReadingError) -> String {
        // Safe: the library is open; the engine lives until the end of this function, and the path
        // is copied before.
        guard cc_tesseract_open() == 1, let probe = unsafe cc_engine_create() else {
            throw .textEngineMissing
        }
        defer { unsafe cc_engine_destroy(probe) }
        // It finds its folder while it looks for a language; this one exists nowhere.
        _ = unsafe cc_engine_load(probe, nil, "curbcut-none")
        guard let path = unsafe cc_engine_folder(probe) else { throw .textEngineMissing }
        return unsafe String(cString: path)
    }

    /// The words found, in reading order.
    ///
    /// - Parameters:
    ///   - picture: dark text on a light ground.
    ///   - layout: what kind of picture to expect.
    ///   - deadlineMilliseconds: when to give up.
    /// - Returns: every word with its confidence; nil where the deadline passed or the engine
    ///   refused the picture.
    func read(_ picture: GreyPicture, layout: TextLayout, deadlineMilliseconds: Int) -> [Word]? {
        let mode: cc_layout =
            switch layout {
            case .page: CC_LAYOUT_PAGE
            case .scattered: CC_LAYOUT_SCATTERED
            }
        // Safe: `pixels` holds width * height bytes, which the engine copies during the call.
        let isRead = unsafe cc_engine_read(
            handle, picture.pixels, picture.width, picture.height, mode, Self.assumedResolution,
            Int32(clamping: deadlineMilliseconds))
        return isRead == 1 ? words() : nil
    }

    /// Which way a page is turned, for an engine loaded with "osd".
    ///
    /// - Parameter picture: the page.
    /// - Returns: quarters to turn it clockwise until it stands upright, and how sure the engine
    ///   is (15 is "reasonably confident" in its documentation); nil where there is too little
    ///   text.
    func orientation(of picture: GreyPicture) -> (quarters: Int, confidence: Float)? {
        var degrees: Int32 = 0
        var confidence: Float = 0
        // Safe: `pixels` holds width * height bytes, which the engine copies during the call.
        let isKnown = unsafe cc_engine_orientation(
            handle, picture.pixels, picture.width, picture.height, Self.assumedResolution,
            &degrees, &confidence)
        // The engine tells how far it was turned.
        return isKnown == 1 ? ((4 - Int(degrees) / 90) % 4, confidence) : nil
    }

    /// Dots per inch: the pictures are scaled to that of a scanned page, and told nothing the
    /// engine would guess and may guess wrong.
    private static let assumedResolution: Int32 = 300

    private func words() -> [Word] {
        // Safe: the iterator is used while the engine keeps its result, and destroyed once; each
        // text is copied, then given back.
        guard let place = unsafe cc_words_first(handle) else { return [] }
        defer { unsafe cc_words_destroy(place) }
        var words: [Word] = []
        var line = -1
        var block = -1
        repeat {
            var found = unsafe cc_word()
            unsafe cc_words_get(place, &found)
            defer { unsafe cc_text_free(found.text) }
            if unsafe found.is_first_of_block != 0 { block += 1 }
            if unsafe found.is_first_of_line != 0 { line += 1 }
            guard let text = unsafe found.text else { continue }
            words.append(
                Word(
                    text: unsafe String(cString: text),
                    confidence: Double(unsafe found.confidence) / 100,
                    box: unsafe Box(
                        x: Int(found.left), y: Int(found.top),
                        width: Int(found.right - found.left),
                        height: Int(found.bottom - found.top)),
                    line: line, block: block))
        } while unsafe cc_words_next(place) == 1
        return words
    }
}

/// How the engine cuts a picture into lines.
package enum TextLayout: Sendable {
    /// A page, with columns and paragraphs.
    case page
    /// Words anywhere: signs, labels, charts.
    case scattered
}

/// One word as the engine read it.
package struct Word: Sendable, Equatable {
    package var text: String
    /// 0 to 1.
    package var confidence: Double
    package var box: Box
    /// Number of its line and of its block in the picture.
    package var line: Int
    package var block: Int

    package init(text: String, confidence: Double, box: Box, line: Int, block: Int) {
        self.text = text
        self.confidence = confidence
        self.box = box
        self.line = line
        self.block = block
    }
}
