import Foundation
import TestKit
import Testing

/// What `speak` makes of numbers, signs, markup and other scripts, heard as phonemes.
@Suite struct SpeakReadingTests {
    private func heard(_ arguments: [String], _ text: String) throws -> [Substring] {
        let run = try ToolRun.run("speak", ["--ipa"] + arguments, input: Array(text.utf8))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        return run.text.split(separator: "\n")
    }

    @Test func `numbers are said in words, unless the text is to be left alone`() throws {
        #expect(try heard([], "It cost $3.50.") == heard([], "It cost 3 dollars and 50 cents."))
        #expect(try heard([], "In 1984.") == heard([], "In nineteen eighty-four."))
        #expect(try heard(["--verbatim"], "In 1984.") != heard([], "In 1984."))
        #expect(
            try heard(["--voice", "en-us"], "3/4/2024.")
                == heard(["--voice", "en-us"], "March fourth, twenty twenty-four."))
    }

    @Test func `Markdown is heard without its signs`() throws {
        let text = "# Title\n\nSome **bold** [words](https://example.org).\n"
        #expect(try heard(["--markdown"], text) == heard([], "Title\n\nSome bold words."))
        #expect(try heard(["--auto"], text) == heard(["--markdown"], text))
        #expect(try heard(["--plain"], text) != heard(["--markdown"], text))
    }

    @Test func `a web page is heard without its scripts`() throws {
        let page = "<!DOCTYPE html><script>alert(1)</script><p>Some <b>bold</b> words.</p>"
        #expect(try heard(["--html"], page) == heard([], "Some bold words."))
        #expect(try heard(["--auto"], page) == heard(["--html"], page))
    }

    @Test func `SSML is followed, and IPA is said`() throws {
        let text =
            "<speak>On <say-as interpret-as='date' format='dmy'>3/4/2024</say-as>.</speak>"
        #expect(
            try heard(["--ssml"], text)
                == heard([], "On the third of April twenty twenty-four."))
        let tomato = "<speak><phoneme alphabet='ipa' ph='təˈmeɪtəʊ'>x</phoneme></speak>"
        #expect(try heard(["--ssml"], tomato).joined().contains("eɪtəʊ"))
    }

    @Test func `SSML names voices, and one that is missing is told once`() throws {
        let german = "<speak><voice name='de'>Guten Tag</voice></speak>"
        #expect(try heard(["--ssml"], german) == heard(["--voice", "de"], "Guten Tag"))
        let text = "<speak><voice name='nobody'>One. Two.</voice></speak>"
        let run = try ToolRun.run("speak", ["--ssml"], input: Array(text.utf8))
        #expect(run.status == 0 && run.output.count > 1000, "\(run)")
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.contains("there is no voice 'nobody'"))
        let calm = "<speak><voice name='calm'>Good day</voice></speak>"
        let own = try ToolRun.run("speak", ["--ssml"], input: Array(calm.utf8))
        #expect(own.output != (try ToolRun.run("speak", ["Good day"]).output))
    }

    @Test func `malformed SSML is refused with line and column, and nothing is heard`() throws {
        let run = try ToolRun.run(
            "speak", ["--ssml"], input: Array("<speak>One.\n<p>Two</speak>".utf8))
        #expect(run.status == 65 && run.output.isEmpty, "\(run)")
        #expect(run.errors.contains("line 2, column"), "\(run)")
    }

    @Test func `a sound that SSML names is not opened, and no program is run`() throws {
        let mark = NSTemporaryDirectory() + "curbcut-ssml-\(UUID().uuidString)"
        let text = "<speak><audio src=\"a$(touch \(mark)).wav\">a bell</audio></speak>"
        let run = try ToolRun.run("speak", ["--ssml"], input: Array(text.utf8))
        #expect(run.status == 0 && run.output.count > 1000, "\(run)")
        #expect(run.errors.contains("audio"), "\(run)")
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test func `SSML chooses a voice by its gender, and keeps one that has it`() throws {
        func sound(_ attributes: String, _ options: [String] = []) throws -> [UInt8] {
            let text = "<speak><voice \(attributes)>One two three.</voice></speak>"
            let run = try ToolRun.run("speak", ["--ssml"] + options, input: Array(text.utf8))
            #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
            return run.output
        }
        #expect(try sound("gender='female'") == sound("name='en+f1'"))
        #expect(try sound("gender='female' variant='3'") == sound("name='en+f3'"))
        #expect(try sound("gender='female' xml:lang='de'") == sound("name='de+f1'"))
        #expect(try sound("gender='male'") == sound("name='en'"))
        #expect(try sound("gender='male'", ["--voice", "en+f2"]) == sound("name='en+m1'"))
        let describer = try sound("name='describer'")
        #expect(try sound("gender='female'", ["--voice", "describer"]) == describer)
        #expect(try sound("gender='male'", ["--voice", "describer"]) == sound("name='en+m1'"))
    }

    @Test func `a voice that SSML asks for in vain is told once, and another speaks`() throws {
        let text = """
            <speak><voice name='nobody'>One.</voice> <voice name='nobody'>Two.</voice>
            <voice age='7'>Three.</voice></speak>
            """
        let run = try ToolRun.run("speak", ["--ssml"], input: Array(text.utf8))
        #expect(run.status == 0 && run.output.count > 22_050, "\(run)")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2 && run.errors.contains("'nobody'"), "\(run)")
        #expect(run.errors.contains("name, gender, variant and language"), "\(run)")
    }

    @Test func `another script has a voice of its own`() throws {
        let mixed = "Привет мир."
        #expect(try heard([], mixed) == heard(["--voice", "ru"], mixed))
        #expect(try heard(["--language", "voice"], mixed) != heard([], mixed))
    }

    @Test func `letters, marks and capitals are named where that is asked for`() throws {
        #expect(try heard(["--spell"], "cat").joined() != heard([], "cat").joined())
        #expect(try heard(["--punctuation", "all"], "Yes, no.") != heard([], "Yes, no."))
        #expect(try heard(["--punctuation", "some"], "Yes (no).") != heard([], "Yes (no)."))
        #expect(try heard(["--punctuation", "some"], "Yes, no.") == heard([], "Yes, no."))
    }

    @Test func `the language of the text chooses the voice and the rules`() throws {
        #expect(
            try heard(["--language", "de"], "Das kostet 3,50 €.")
                == heard(["--voice", "de"], "Das kostet 3 Euro 50."))
    }

    @Test(arguments: [
        ["--markdown", "--html"], ["--language", "no such"], ["--punctuation", "few"],
    ])
    func `options that mean nothing are refused`(arguments: [String]) throws {
        let run = try ToolRun.run("speak", arguments, input: Array("x".utf8))
        #expect(run.status == 64 && run.output.isEmpty, "\(run)")
    }
}
