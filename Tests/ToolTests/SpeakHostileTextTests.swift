import Foundation
import TestKit
import Testing

/// Text that no voice was made for: the tool speaks it or names it, and never crashes or hangs.
///
/// A sample by default; with `CURBCUT_SPEAK_FUZZ=all` every voice has forty texts, some minutes.
@Suite struct SpeakHostileTextTests {
    private static let isFull =
        ProcessInfo.processInfo.environment["CURBCUT_SPEAK_FUZZ"] == "all"

    /// The voices that crashed the library, and some others; or all.
    private static var voices: [String] {
        guard isFull, let run = try? ToolRun.run("speak", ["--list-voices"]) else {
            return ["en", "ky", "smj", "da", "kl", "hi", "ja"]
        }
        return run.text.split(separator: "\n").map { String($0.prefix { $0 != ":" }) }
            .filter { !$0.hasPrefix("+") }
    }

    private static let tokens = [
        "http://x.y/z?q=1</", "O'Neil", "\u{200D}\u{200B}", "\u{200C}", "👩\u{200D}🚀", "❤\u{FE0F}",
        "🏴\u{E0067}\u{E007F}", "日本語", "한국어", "العربية", "हिन्दी", "क\u{200D}ष", "ภาษา", "Ελλάδα",
        "Ёлка", "עברית", "\u{202E}abc", "A.B.C.D.", "e\u{301}\u{301}\u{301}", "1/2", "10^-3",
        "№5", "[[x]]", "<audio src=\"a\"/>", "&amp;&lt;", "\u{1}400S", "…", "!!!???", "((((", "--",
        "½⅓²", "\u{FFFF}", "\u{10FFFF}", "Ǆǆ", "ﷺ", "𝔘𝔫𝔦", "\t", "\n\n", "'", "’s", "0x1F", "C:\\x",
        "9999999999999999999999", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "µ", "ß", "ŋ",
    ]

    /// The same texts every time.
    private static func text(seed: UInt64) -> String {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            // xorshift64: Marsaglia, 2003.
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 33) % bound
        }
        return (0..<5 + next(120)).map { _ in tokens[next(tokens.count)] }
            .joined(separator: next(4) == 0 ? "" : " ")
    }

    @Test(arguments: voices)
    func `hostile text ends with a status of ours`(voice: String) throws {
        for i in 0..<(Self.isFull ? 40 : 4) {
            let text = Self.text(seed: UInt64(i))
            let run = try ToolRun.run("speak", ["--voice", voice], input: Array(text.utf8))
            #expect(run.status == 0 || run.status == 70, "text \(i): \(run.errors)")
            // A text of one sentence may be lost as a whole.
            #expect(run.output.count > 44 || run.status == 70, "text \(i)")
            // A place for each sentence that is lost, and their number.
            let lines = run.errors.split(separator: "\n")
            #expect(lines.isEmpty == (run.status == 0), "text \(i): \(run.errors)")
            #expect(lines.dropLast().allSatisfy { $0.hasPrefix("speak: line ") })
        }
    }
}
