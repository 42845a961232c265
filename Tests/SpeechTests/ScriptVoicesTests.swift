import Speech
import Testing

@Suite struct ScriptVoicesTests {
    private func parts(_ text: String, _ language: String = "en") -> [String] {
        ScriptVoices(language: language).parts(of: Passage(text)).map {
            "\($0.language ?? "-"):\($0.passage.text)"
        }
    }

    @Test(arguments: [
        ("Only English here, 42.", ["-:Only English here, 42."]),
        ("He said Привет мир, twice.", ["-:He said ", "ru:Привет мир, ", "-:twice."]),
        ("Привіт, світ", ["uk:Привіт, світ"]),
        ("the area πr² of π", ["-:the area πr² of π"]),
        ("Ελληνικά και English", ["el:Ελληνικά και ", "-:English"]),
        ("مرحبا 5 cats", ["ar:مرحبا ", "-:5 cats"]),
        ("東京 and これは東京です", ["ja:東京 ", "-:and ", "ja:これは東京です"]),
        ("北京 is big", ["cmn:北京 ", "-:is big"]),
        ("한국어 text", ["ko:한국어 ", "-:text"]),
        ("नमस्ते दुनिया", ["hi:नमस्ते दुनिया"]),
    ])
    func `a run in another script has its language`(text: String, expected: [String]) {
        #expect(parts(text) == expected)
    }

    @Test func `a voice reads its own script, and Latin letters`() {
        #expect(parts("Привет, world", "ru") == ["-:Привет, world"])
        #expect(parts("これは東京です", "ja") == ["-:これは東京です"])
        #expect(parts("Привет שלום", "ru") == ["-:Привет ", "he:שלום"])
    }

    @Test func `a sentence in two scripts is two utterances that belong together`() throws {
        var reader = try SentenceReader(text: "He said Привет мир. Then left.")
        var found: [Utterance] = []
        while let utterance = try reader.next() { found.append(utterance) }
        #expect(found.map(\.language) == [nil, "ru", nil])
        #expect(found.map(\.isContinued) == [true, false, false])
        #expect(found.map(\.source) == [0..<8, 8..<19, 20..<30])
    }

    @Test func `without switching there is one voice`() throws {
        var reader = try SentenceReader(
            text: "He said Привет.", style: ReadingStyle(switchesScripts: false))
        #expect(try reader.next()?.language == nil)
        #expect(try reader.next() == nil)
    }

    @Test func `spelling names each character where it is written`() throws {
        var reader = try SentenceReader(text: "ab 1", style: ReadingStyle(spells: true))
        let utterance = try #require(try reader.next())
        #expect(utterance.isMarkup)
        #expect(
            utterance.text
                == "<say-as interpret-as=\"tts:char\">a</say-as> <say-as interpret-as=\"tts:char\">b</say-as> , "
                + "<say-as interpret-as=\"tts:char\">1</say-as> ")
        #expect(utterance.origins.map(\.written) == [0..<1, 1..<2, 3..<4])
    }
}
