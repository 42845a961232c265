import Signals
import Speech
import Subtitles
import ToolKit

/// What is written down of the speech, beside its sound: when each word is said, and captions.
struct SpeechRecord: ~Copyable {
    private let sampleRate: Int
    private var marks: Output?
    private var captions: CaptionFile?

    /// - Parameters:
    ///   - marks: where the marks go; `-` is standard output.
    ///   - captions: where captions go.
    ///   - sampleRate: of the sound.
    /// - Throws: `OutputError`.
    init(marks: String?, captions: String?, sampleRate: Int) throws(OutputError) {
        self.sampleRate = sampleRate
        if let marks { self.marks = try Output(named: marks) }
        if let captions { self.captions = CaptionFile(try Output(named: captions)) }
    }

    /// - Parameters:
    ///   - said: the next utterance.
    ///   - place: where a range of the input stands, in scalars.
    /// - Throws: `OutputError`.
    mutating func add(
        _ said: Speaker.Said, place: (Range<Int>) -> SourcePlace
    ) throws(OutputError) {
        let times = WordTimes(
            of: said.text, isMarkup: said.utterance.isMarkup, events: said.words,
            sampleCount: said.samples.count)
        if marks != nil {
            for mark in said.utterance.marks(times, in: said.samples, place: place) {
                marks?.write(mark.json(sampleRate: sampleRate).line)
                try marks?.endLine()
            }
        }
        if captions != nil {
            var segment = said.spokenSegment(times, sampleRate: sampleRate)
            // Tags and phonemes are nothing to read; what was written in their place is.
            if said.utterance.isMarkup {
                for (i, word) in times.words.enumerated() {
                    let written = said.utterance.written(word.spoken)
                    let isSame =
                        i > 0 && said.utterance.written(times.words[i - 1].spoken) == written
                    segment.words[i].text = isSame ? "" : " " + place(written).text
                }
                segment.words.removeAll { $0.text.isEmpty }
                segment.text = segment.words.map(\.text).joined()
            }
            try captions?.add(segment)
        }
    }

    /// - Throws: `OutputError`; a file appears only here.
    mutating func finish() throws(OutputError) {
        try marks?.finish()
        try captions?.finish()
    }
}

/// Captions as WebVTT, each written when nothing that follows can change it.
private struct CaptionFile: ~Copyable {
    private var output: Output
    private var shaper = SubtitleShaper(.standard)
    private var writer = SubtitleWriter(.vtt)
    private var hasBegun = false

    init(_ output: consuming Output) { self.output = output }

    mutating func add(_ segment: SpokenSegment) throws(OutputError) {
        try write(shaper.add(segment))
    }

    mutating func finish() throws(OutputError) {
        try write(shaper.finish())
        try output.finish()
    }

    private mutating func write(_ cues: [Cue]) throws(OutputError) {
        if !hasBegun { output.write(writer.head) }
        hasBegun = true
        for cue in cues { output.write(writer.text(of: cue)) }
        try output.flush()
    }
}

extension Output {
    /// - Parameter name: of a file; `-` is standard output.
    /// - Throws: `OutputError` where the file cannot be created.
    fileprivate init(named name: String) throws(OutputError) {
        if name == "-" { self.init() } else { try self.init(file: name) }
    }
}

extension SpeechMark {
    /// The five fields of Amazon Polly, in its order, and two more.
    fileprivate func json(sampleRate: Int) -> JSON {
        .object([
            ("time", .int(sample * 1000 / sampleRate)),
            ("type", .string(kind.rawValue)),
            ("start", .int(place.bytes.lowerBound)),
            ("end", .int(place.bytes.upperBound)),
            ("value", .string(value)),
            ("sample", .int(sample)),
            ("char_start", .int(place.scalars.lowerBound)),
        ])
    }
}

extension Speaker.Said {
    /// The words as they are said, with the punctuation around them, each up to the next.
    fileprivate func spokenSegment(_ times: WordTimes, sampleRate: Int) -> SpokenSegment {
        let scalars = Array(utterance.text.unicodeScalars)
        func text(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range.clamped(to: 0..<scalars.count)])
            return String(view).replacing("\n", with: " ")
        }
        func seconds(_ sample: Int) -> Double {
            Double(samples.lowerBound + sample) / Double(sampleRate)
        }
        var words: [SpokenWord] = []
        var start = 0
        for (i, word) in times.words.enumerated() {
            let isLast = i + 1 == times.words.count
            // What stands between belongs to the word before it, up to a space.
            let end = isLast ? scalars.count : times.words[i + 1].spoken.lowerBound
            let gap = scalars[min(word.spoken.upperBound, end)..<end]
            let cut = isLast ? end : gap.firstIndex { $0.properties.isWhitespace } ?? end
            words.append(
                SpokenWord(
                    text: text(start..<cut),
                    range: TimeRange(
                        startSeconds: seconds(word.sample),
                        endSeconds: seconds(isLast ? samples.count : times.words[i + 1].sample))))
            start = cut
        }
        return SpokenSegment(
            text: text(0..<scalars.count),
            range: TimeRange(startSeconds: seconds(0), endSeconds: seconds(samples.count)),
            words: words, language: utterance.language)
    }
}
