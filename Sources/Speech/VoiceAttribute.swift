/// One kind of line of a voice file, and which values of it are harmless.
///
/// Source: `docs/voices.md` and `LoadVoice` in `voices.c` of eSpeak NG 1.51.
struct VoiceAttribute: Sendable {
    private enum Values: Sendable {
        case language
        case gender
        case words
        /// How many numbers, and the range of each; the last range serves those that follow.
        case numbers(ClosedRange<Int>, [ClosedRange<Int>])
        /// The lowest and the highest frequency of the melody. The engine dies of some texts where the second is far
        /// below the first, as of 60 and 42.
        case pitches
        /// Pairs of a frequency and an amplitude.
        case tonePoints
    }

    let name: String
    private let values: Values

    private static func numbers(
        _ name: String, _ count: ClosedRange<Int>, _ ranges: ClosedRange<Int>...
    ) -> VoiceAttribute {
        VoiceAttribute(name: name, values: .numbers(count, ranges))
    }

    static let all = [
        VoiceAttribute(name: "name", values: .words),
        VoiceAttribute(name: "language", values: .language),
        VoiceAttribute(name: "gender", values: .gender),
        VoiceAttribute(name: "pitch", values: .pitches),
        // Which one, its frequency, height and width in percent, and Hz to add.
        numbers("formant", 2...5, 0...8, 0...300, 0...300, 0...300, -1000...1000),
        numbers("echo", 2...2, 0...240, 0...100),
        VoiceAttribute(name: "tone", values: .tonePoints),
        numbers("flutter", 1...1, 0...100),
        numbers("roughness", 1...1, 0...7),
        numbers("voicing", 1...1, 0...200),
        numbers("consonants", 2...2, 0...200),
        numbers("breath", 1...8, 0...100),
        numbers("breathw", 1...8, 0...2000),
        numbers("stressLength", 8...8, 0...500),
        numbers("stressAdd", 8...8, -200...300),
        numbers("stressAmp", 8...8, 0...63),
        numbers("intonation", 1...1, 1...4),
        numbers("speed", 1...1, 40...250),
        numbers("words", 1...2, 0...20),
        numbers("klatt", 1...1, 1...5),
    ]

    /// What the engine knows as well, and what leads it to other files or replaces its rules.
    private static let refused: Set<String> = [
        "mbrola", "dictionary", "dictrules", "dictmin", "phonemes", "replace", "tunes", "numbers",
        "stressRule", "stressOpt", "lowercaseSentence", "brackets", "bracketsAnnounced", "status",
        "maintainer", "variants", "translator", "option",
    ]

    static func named(_ name: String) throws(VoiceFileError.Fault) -> VoiceAttribute {
        if let known = all.first(where: { $0.name == name }) { return known }
        throw refused.contains(name)
            ? .refused(name)
            : .unknown(String(name.prefix(40)), similar: nearest(to: name, among: all.map(\.name)))
    }

    /// What may occur once in a file: the attribute, or the one formant.
    func key(_ arguments: [String]) -> String {
        name == "formant" ? "formant \(arguments.first ?? "")" : name
    }

    func check(_ arguments: [String]) throws(VoiceFileError.Fault) {
        switch values {
        case .words:
            try checkCount(arguments, 1...8)
            guard arguments.joined(separator: " ").utf8.count <= 40 else {
                throw .malformed(name, arguments[0])
            }
        case .language:
            try checkCount(arguments, 1...1)
            let isTag = arguments[0].utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
            guard isTag, arguments[0].utf8.count <= 20 else { throw .malformed(name, arguments[0]) }
        case .gender:
            try checkCount(arguments, 1...2)
            guard ["male", "female", "unknown"].contains(arguments[0]) else {
                throw .malformed(name, arguments[0])
            }
            if arguments.count > 1 { try checkNumber(arguments[1], 0...120) }
        case .numbers(let count, let ranges):
            try checkCount(arguments, count)
            for (i, argument) in arguments.enumerated() {
                try checkNumber(argument, ranges[min(i, ranges.count - 1)])
            }
        case .pitches:
            try checkCount(arguments, 2...2)
            let first = try checkNumber(arguments[0], 20...600)
            try checkNumber(arguments[1], max(20, first * 4 / 5)...600)
        case .tonePoints:
            try checkCount(arguments, 2...8)
            guard arguments.count % 2 == 0 else {
                throw .count(name, 2...8, found: arguments.count)
            }
            for (i, argument) in arguments.enumerated() {
                try checkNumber(argument, i % 2 == 0 ? 0...8000 : 0...255)
            }
        }
    }

    private func checkCount(
        _ arguments: [String], _ range: ClosedRange<Int>
    ) throws(VoiceFileError.Fault) {
        guard range.contains(arguments.count) else {
            throw .count(name, range, found: arguments.count)
        }
    }

    @discardableResult
    private func checkNumber(
        _ text: String, _ range: ClosedRange<Int>
    ) throws(VoiceFileError.Fault) -> Int {
        guard let number = Int(text), !text.hasPrefix("+") else { throw .malformed(name, text) }
        guard range.contains(number) else { throw .outOfRange(name, number, range) }
        return number
    }
}
