import Signals
import Testing
import Transcribing

@Suite struct OutputNamesTests {
    @Test(arguments: [
        ("talks/one.mp3", "out/one.srt"), ("two", "out/two.srt"), ("a.b.wav", "out/a.b.srt"),
        (".hidden", "out/.hidden.srt"), ("-", "out/standard-input.srt"),
    ])
    func `an output is named after its input`(input: String, path: String) throws {
        var names = OutputNames(folder: "out/", ending: "srt")
        #expect(try names.path(for: input) == path)
    }

    @Test func `two inputs never share an output`() throws {
        var names = OutputNames(folder: "out", ending: "txt")
        _ = try names.path(for: "a/talk.mp3")
        let error = #expect(throws: OutputNameError.self) { try names.path(for: "b/talk.wav") }
        #expect(error?.what == "out/talk.txt already is the transcript of a/talk.mp3")
        #expect(error?.exitStatus == .usage)
    }
}
