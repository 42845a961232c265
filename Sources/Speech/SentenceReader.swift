import Glibc

/// Utterances from a text or from an open file, each as soon as it has come.
package struct SentenceReader: UtteranceReader {
    /// A writer that is silent for so long has said what it wanted to.
    private static let restMilliseconds: Int32 = 50
    private static let chunkSize = 16 << 10

    private let descriptor: Int32
    private var decoder = TextDecoder()
    private var parser: any DocumentParser
    private let teller: Teller
    private var ready: ArraySlice<Utterance> = []
    private var given: [UInt8]?
    /// How many scalars have been decoded.
    private var decodedCount = 0
    private var isAtStart = true
    private var isAtEnd = false

    /// - Parameters:
    ///   - descriptor: open for reading; it is not closed.
    ///   - style: what kind of text it is, and how it is read.
    /// - Throws: `MarkupError.libraryMissing`.
    package init(descriptor: Int32, style: ReadingStyle = ReadingStyle()) throws {
        self.descriptor = descriptor
        parser = try style.parser
        teller = Teller(style)
    }

    /// - Parameters:
    ///   - text: all there is.
    ///   - style: what kind of text it is, and how it is read.
    /// - Throws: `MarkupError.libraryMissing`.
    package init(text: String, style: ReadingStyle = ReadingStyle()) throws {
        try self.init(descriptor: -1, style: style)
        given = Array(text.utf8)
    }

    /// Waits for the next utterance.
    ///
    /// - Returns: nil at the end of the input.
    /// - Throws: `ReadingError` where the input breaks off; `MarkupError`.
    package mutating func next() throws -> Utterance? {
        while ready.isEmpty, !isAtEnd { try readMore() }
        guard let utterance = ready.popFirst() else { return nil }
        decoder.source.forget(before: utterance.source.lowerBound)
        return utterance
    }

    package func place(of range: Range<Int>) -> SourcePlace { decoder.source.place(of: range) }

    private mutating func readMore() throws {
        if let bytes = given {
            given = nil
            take(try parser.add(placed(decoder.decode(bytes))))
            return try finish()
        }
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // Safe: one entry on this stack; a buffer as large as the call is told.
        if unsafe poll(&entry, 1, Self.restMilliseconds) == 0 {
            take(try parser.pause())
            if !ready.isEmpty { return }
            _ = unsafe poll(&entry, 1, -1)
        }
        var buffer = [UInt8](repeating: 0, count: Self.chunkSize)
        let count = unsafe read(descriptor, &buffer, buffer.count)
        if count > 0 {
            take(try parser.add(placed(decoder.decode(Array(buffer[..<count])))))
        } else if count == 0 {
            try finish()
        } else if errno != EINTR && errno != EAGAIN {
            // Safe: the text belongs to the C library and is copied at once; one thread asks.
            throw ReadingError(reason: unsafe String(cString: strerror(errno)))
        }
    }

    private mutating func finish() throws {
        isAtEnd = true
        take(try parser.add(placed(decoder.finish())))
        take(try parser.finish())
    }

    private mutating func placed(_ scalars: [Unicode.Scalar]) -> Passage {
        defer { decodedCount += scalars.count }
        return Passage(scalars, at: decodedCount)
    }

    private mutating func take(_ pieces: [Piece]) {
        for piece in pieces {
            var utterances = teller.utterances(of: piece)
            // Nobody waits for the first word, unless the document itself asks for silence.
            if isAtStart, piece.prepared == nil, !utterances.isEmpty {
                utterances[0].pauseSeconds = 0
            }
            isAtStart = isAtStart && utterances.isEmpty
            ready += utterances
        }
    }
}
