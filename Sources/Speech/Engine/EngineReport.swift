/// A piece of sound, and which words begin in it or nearby.
package struct SpeechPiece: Sendable, Equatable {
    package var samples: [Int16]
    package var words: [WordStart]

    /// Where a word begins, as the engine tells it.
    package struct WordStart: Sendable, Equatable {
        /// Of the text that was given, in Unicode scalars; the engine names some words twice.
        package let scalar: Int
        /// In Unicode scalars; 0 where the engine does not know.
        package let length: Int
        /// From the start of the sound of this text.
        package let sample: Int

        package init(scalar: Int, length: Int, sample: Int) {
            self.scalar = scalar
            self.length = length
            self.sample = sample
        }
    }

    package init(samples: [Int16], words: [WordStart] = []) {
        self.samples = samples
        self.words = words
    }
}

/// What the engine's process says.
enum EngineReport {
    /// The engine is there; samples per second.
    case started(sampleRate: Int)
    /// It is not, and never will be.
    case missing(reason: String)
    case voices(EngineVoices)
    case sound(SpeechPiece)
    case phonemes(String)
    case done
    /// This order failed; the next one may not.
    case failed(reason: String)

    private enum Kind: UInt8 { case started, missing, voices, sound, phonemes, done, failed }

    var frame: [UInt8] {
        switch self {
        case .started(let rate):
            var writer = FrameWriter(kind: Kind.started.rawValue)
            writer.add(rate)
            return writer.frame()
        case .missing(let reason): return Self.frame(.missing, reason)
        case .voices(let list):
            var writer = FrameWriter(kind: Kind.voices.rawValue)
            writer.add(list.voices.count)
            for voice in list.voices {
                writer.add(voice.name)
                writer.add(voice.title)
                writer.add(voice.languages)
                writer.add(voice.gender)
            }
            writer.add(list.variants)
            return writer.frame()
        case .sound(let piece):
            var writer = FrameWriter(kind: Kind.sound.rawValue)
            writer.add(piece.words.count)
            for word in piece.words {
                writer.add(word.scalar)
                writer.add(word.length)
                writer.add(word.sample)
            }
            writer.add(piece.samples)
            return writer.frame()
        case .phonemes(let text): return Self.frame(.phonemes, text)
        case .done: return FrameWriter(kind: Kind.done.rawValue).frame()
        case .failed(let reason): return Self.frame(.failed, reason)
        }
    }

    private static func frame(_ kind: Kind, _ text: String) -> [UInt8] {
        var writer = FrameWriter(kind: kind.rawValue)
        writer.add(text)
        return writer.frame()
    }

    init(kind: UInt8, _ fields: consuming FrameReader) throws(FrameReader.Damage) {
        var fields = fields
        switch Kind(rawValue: kind) {
        case .started: self = .started(sampleRate: try fields.number())
        case .missing: self = .missing(reason: try fields.text())
        case .voices: self = .voices(try Self.voices(&fields))
        case .sound:
            var words: [SpeechPiece.WordStart] = []
            for _ in 0..<max(0, try fields.number()) {
                words.append(
                    SpeechPiece.WordStart(
                        scalar: try fields.number(), length: try fields.number(),
                        sample: try fields.number()))
            }
            self = .sound(SpeechPiece(samples: try fields.samples(), words: words))
        case .phonemes: self = .phonemes(try fields.text())
        case .done: self = .done
        case .failed: self = .failed(reason: try fields.text())
        case nil: throw FrameReader.Damage()
        }
    }

    private static func voices(_ fields: inout FrameReader) throws(FrameReader.Damage)
        -> EngineVoices
    {
        var voices: [EngineVoice] = []
        for _ in 0..<max(0, try fields.number()) {
            voices.append(
                EngineVoice(
                    name: try fields.text(), title: try fields.text(),
                    languages: try fields.texts(), gender: try fields.text()))
        }
        return EngineVoices(voices: voices, variants: try fields.texts())
    }
}
