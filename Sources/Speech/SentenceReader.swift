import Glibc

/// Sentences from a text or from an open file, each as soon as it has come.
package struct SentenceReader: UtteranceReader {
    /// A writer that is silent for so long has said what it wanted to.
    private static let restMilliseconds: Int32 = 50
    private static let chunkSize = 16 << 10

    private let descriptor: Int32
    private var decoder = TextDecoder()
    private var splitter = SentenceSplitter()
    private var ready: ArraySlice<Utterance> = []
    private var isAtEnd = false

    /// - Parameter descriptor: open for reading; it is not closed.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Parameter text: all there is.
    package init(text: String) {
        descriptor = -1
        ready += splitter.add(decoder.decode(Array(text.utf8)))
        finish()
    }

    /// Waits for the next sentence.
    ///
    /// - Returns: the sentence; nil at the end of the input.
    /// - Throws: `ReadingError` where the input breaks off.
    package mutating func next() throws(ReadingError) -> Utterance? {
        while ready.isEmpty, !isAtEnd { try readMore() }
        guard let utterance = ready.popFirst() else { return nil }
        decoder.source.forget(before: utterance.source.lowerBound)
        return utterance
    }

    package func place(of range: Range<Int>) -> SourcePlace { decoder.source.place(of: range) }

    private mutating func readMore() throws(ReadingError) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // Safe: one entry on this stack; a buffer as large as the call is told.
        if unsafe poll(&entry, 1, Self.restMilliseconds) == 0 {
            ready += splitter.pause()
            if !ready.isEmpty { return }
            _ = unsafe poll(&entry, 1, -1)
        }
        var buffer = [UInt8](repeating: 0, count: Self.chunkSize)
        let count = unsafe read(descriptor, &buffer, buffer.count)
        if count > 0 {
            ready += splitter.add(decoder.decode(Array(buffer[..<count])))
        } else if count == 0 {
            finish()
        } else if errno != EINTR && errno != EAGAIN {
            // Safe: the text belongs to the C library and is copied at once; one thread asks.
            throw ReadingError(reason: unsafe String(cString: strerror(errno)))
        }
    }

    private mutating func finish() {
        isAtEnd = true
        ready += splitter.add(decoder.finish())
        ready += splitter.finish()
    }
}
