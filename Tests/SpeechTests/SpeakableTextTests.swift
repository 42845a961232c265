import Speech
import Testing

@Suite struct SpeakableTextTests {
    @Test(arguments: [
        ("Plain words, 3.5 of them.", "Plain words, 3.5 of them."),
        ("tab\tand\u{A0}space", "tab and space"),
        ("line\nbreak", "line\nbreak"),
        ("a\u{1}400Sb", "a400Sb"),
        ("nul\u{0}byte", "nulbyte"),
        ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
        ("\u{202E}abc\u{202C} \u{2066}d\u{2069}\u{200F}", "abc d"),
        ("zero\u{200B}width\u{FEFF} so\u{AD}ft", "zerowidth soft"),
        ("lone \u{200D} joiner\u{200D}", "lone  joiner"),
        ("👨\u{200D}👩\u{200D}👧", "👨\u{200D}👩\u{200D}👧"),
        ("क्\u{200D}ष", "क्\u{200D}ष"),
        ("heart ❤\u{FE0F}", "heart ❤"),
        ("bad \u{FFFD} byte", "bad  byte"),
        ("private \u{E000}", "private "),
        ("flag 🏴\u{E0067}\u{E007F}", "flag 🏴"),
    ])
    func `harmless text stays and the rest goes`(source: String, spoken: String) {
        #expect(SpeakableText(source).text.unicodeScalars.elementsEqual(spoken.unicodeScalars))
    }

    @Test func `a dotted run has a space for every twentieth dot`() {
        let twenty = String(repeating: "A.", count: 19) + "A "
        let spoken = SpeakableText(String(repeating: "A.", count: 50)).text
        #expect(spoken == twenty + twenty + String(repeating: "A.", count: 10))
    }

    @Test func `spaces between letters and dots do not make a dotted run harmless`() {
        let spoken = SpeakableText(String(repeating: "a . ", count: 50)).text
        #expect(spoken.split { $0 == " " }.count { $0 == "." } == 50 - 2)
    }

    @Test func `a word has at most eight apostrophes`() {
        let words = SpeakableText(String(repeating: "s'", count: 20)).text.split(separator: " ")
        #expect(words.map { $0.count { $0 == "'" } } == [8, 8, 4])
        #expect(SpeakableText("rock'n'roll’s").text == "rock'n'roll’s")
    }

    @Test func `nineteen letters with dots stay as they are`() {
        let text = String(repeating: "é.", count: 19)
        #expect(SpeakableText(text).text == text)
    }

    @Test func `words are at most 400 scalars long`() {
        let words = SpeakableText(String(repeating: "x", count: 1000)).text.split(separator: " ")
        #expect(words.map(\.count) == [400, 400, 200])
    }

    @Test(arguments: ["", " ", "\n\t \u{3000}", "\u{200B}\u{FFFD}\u{1}"])
    func `nothing that sounds is silent`(text: String) {
        #expect(SpeakableText(text).isSilent)
    }

    @Test func `a full stop alone is not silent text`() {
        #expect(!SpeakableText(".").isSilent)
    }
}
