/// Joins the texts of a document's blocks, and hands them on as sentences, headings and rows.
///
/// Parsers of Markdown and HTML tell it what begins and what ends; it knows how that is heard.
struct FlowBuilder {
    private(set) var pieces: [Piece] = []
    private let wording: Wording

    private var flow = Passage()
    private var pauseSeconds = 0.0
    private var pitchRise = 0
    private var quoteDepth = 0
    private var isHeading = false
    private(set) var isInPreformatted = false
    private var language: String?
    private var lists: [Int?] = []
    private var table: SpokenTable?

    init(wording: Wording) {
        self.wording = wording
    }

    mutating func takePieces() -> [Piece] {
        defer { pieces = [] }
        return pieces
    }

    mutating func add(_ text: Passage) {
        if table?.isInCell == true {
            table?.add(text)
        } else {
            flow.append(text)
            if flow.count > Self.longestFlow { endFlow(pauseBefore: 0) }
        }
    }

    mutating func addCode(_ text: Passage) { add(wording.codeReading(text)) }

    /// A picture's description, announced as one.
    mutating func addPicture(_ description: Passage) {
        guard let place = description.source?.lowerBound, !description.trimmed.isEmpty else {
            return
        }
        var words = Passage()
        words.append(unwritten: " ", at: place)
        if let picture = wording.picture { words.append(unwritten: "\(picture): ", at: place) }
        words.append(description)
        add(words)
    }

    mutating func breakLine(at place: Int) {
        var line = Passage()
        line.append(isInPreformatted ? "\n" : " ", at: place..<place)
        add(line)
    }

    mutating func startParagraph() { endFlow(pauseBefore: Self.paragraphPause) }

    mutating func endBlock() { endFlow(pauseBefore: 0) }

    mutating func startHeading() {
        endFlow(pauseBefore: Self.headingPause)
        isHeading = true
        pitchRise = Self.headingRise
    }

    mutating func endHeading() {
        endFlow(pauseBefore: Self.paragraphPause)
        isHeading = false
        pitchRise = quoteDepth > 0 ? Self.quoteRise : 0
    }

    mutating func startQuote() {
        endFlow(pauseBefore: Self.paragraphPause)
        quoteDepth += 1
        pitchRise = Self.quoteRise
    }

    mutating func endQuote() {
        endFlow(pauseBefore: Self.paragraphPause)
        quoteDepth = max(0, quoteDepth - 1)
        pitchRise = quoteDepth > 0 ? Self.quoteRise : 0
    }

    /// - Parameter firstNumber: nil for a list without numbers.
    mutating func startList(firstNumber: Int?) {
        endFlow(pauseBefore: Self.itemPause)
        // A page may begin with any number, and 1 is added to it.
        lists.append(firstNumber.map { min(max($0, -999_999_999), 999_999_999) })
    }

    mutating func endList() {
        endFlow(pauseBefore: Self.itemPause)
        _ = lists.popLast()
    }

    /// - Parameters:
    ///   - isDone: of a list of tasks.
    ///   - place: where its number would be written.
    mutating func startItem(isDone: Bool? = nil, at place: Int) {
        endFlow(pauseBefore: Self.itemPause)
        if let last = lists.last, let number = last {
            flow.append(unwritten: "\(number): ", at: place)
            lists[lists.count - 1] = number + 1
        }
        if let isDone, let word = isDone ? wording.done : wording.toDo {
            flow.append(unwritten: "\(word): ", at: place)
        }
    }

    mutating func startPreformatted() {
        endFlow(pauseBefore: Self.paragraphPause)
        isInPreformatted = true
    }

    mutating func endPreformatted() {
        endFlow(pauseBefore: Self.paragraphPause)
        isInPreformatted = false
    }

    mutating func startTable() {
        endFlow(pauseBefore: Self.paragraphPause)
        table = SpokenTable()
    }

    mutating func startRow() { table?.startRow() }

    mutating func startCell(isHeader: Bool) { table?.startCell(isHeader: isHeader) }

    mutating func endCell() { table?.endCell() }

    mutating func endRow() {
        guard let row = table?.endRow() else { return }
        pieces.append(Piece(passage: row, pauseSeconds: Self.itemPause, language: language))
    }

    mutating func endTable() {
        endRow()
        table = nil
        pauseSeconds = max(pauseSeconds, Self.paragraphPause)
    }

    /// From here on, as the document declares it; nil for the user's own.
    mutating func use(language: String?) {
        guard language != self.language, table == nil else { return }
        endFlow(pauseBefore: 0)
        self.language = language
    }

    /// Ends a sentence, and says how long the silence before the next one is at least.
    private mutating func endFlow(pauseBefore next: Double) {
        defer { pauseSeconds = max(pauseSeconds, next) }
        let text = flow.trimmed
        flow = Passage()
        guard !text.isEmpty else { return }
        var sentences: [Passage]
        if isHeading {
            sentences = [text]
        } else if isInPreformatted {
            sentences = text.lines.map { wording.codeReading($0) }
        } else {
            var splitter = SentenceSplitter(language: language ?? wording.language)
            sentences = splitter.add(text) + splitter.finish()
        }
        for sentence in sentences where !sentence.trimmed.isEmpty {
            pieces.append(
                Piece(
                    passage: sentence.trimmed, pauseSeconds: pauseSeconds, pitchRise: pitchRise,
                    language: language))
            pauseSeconds = 0
        }
    }

    /// What is longer is read in parts, so that memory stays constant.
    private static let longestFlow = 64 << 10
    private static let headingPause = 0.6
    private static let paragraphPause = 0.25
    private static let itemPause = 0.15
    private static let headingRise = 15
    private static let quoteRise = -10
}

extension Passage {
    /// Appends words that are not written; they belong to a place.
    mutating func append(unwritten text: String, at place: Int) {
        for scalar in text.unicodeScalars { append(scalar, at: place..<place) }
    }

    var lines: [Passage] {
        var lines: [Passage] = []
        var start = 0
        for end in scalars.indices where scalars[end] == "\n" {
            lines.append(self[start..<end])
            start = end + 1
        }
        return lines + [self[start..<count]]
    }
}
