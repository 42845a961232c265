import Inference
import TestKit
import Testing

@Suite struct StreamingDecoderTests {
    let words: Tokenizer
    let bytes: Tokenizer

    init() throws {
        let folder = try TemporaryFolder()
        let pieces = "[PAD] [UNK] [CLS] [SEP] a dog ##s ' s n t . do , x ##. 't"
        try folder.write(
            "vocab.txt", pieces.split(separator: " ").joined(separator: "\n"))
        words = try Tokenizer(folder: folder.path)
        let letters = try TemporaryFolder()
        // The letters of GPT-2's alphabet for F0 9F 99 82 41 ED A0.
        try letters.write("vocab.json", #"{"ð":0,"Ł":1,"Ļ":2,"Ĥ":3,"A":4,"í":5,"ł":6}"#)
        try letters.write("merges.txt", "#version: 0.2\n")
        bytes = try Tokenizer(folder: letters.path)
    }

    @Test func `a word is given out when the next one shows that it ended`() throws {
        var decoder = StreamingDecoder(words)
        let ids = ["a", "dog", "##s", ".", "[SEP]"].compactMap { words.id(of: $0) }
        #expect(ids.map { decoder.append($0) } == ["", "a", "", " dogs", ""])
        #expect(decoder.finish() == ".")
    }

    @Test func `an apostrophe waits for what follows`() throws {
        var decoder = StreamingDecoder(words)
        let ids = ["a", "dog", "'", "s", "x"].compactMap { words.id(of: $0) }
        #expect(ids.map { decoder.append($0) } == ["", "a", " dog", "", "'s"])
        #expect(decoder.finish() == " x")
        #expect(words.decode(ids) == "a dog's x")
    }

    @Test func `a character waits for its last byte`() {
        var decoder = StreamingDecoder(bytes)
        #expect([4, 0, 1, 2, 3].map { decoder.append($0) } == ["A", "", "", "", "\u{1F642}"])
        #expect(decoder.finish() == "")
    }

    @Test func `every row of tokens streams to the text of all of them`() {
        // All rows of up to five of the tokens whose spaces depend on their neighbours.
        check(words, ["dog", "'", "n", "t", ".", "##s", "'t"].compactMap { words.id(of: $0) }, 5)
        check(bytes, Array(0..<7), 6)
    }

    private func check(_ tokenizer: Tokenizer, _ choices: [Int], _ length: Int) {
        var row: [Int] = []
        func extend() {
            var decoder = StreamingDecoder(tokenizer)
            let streamed = row.map { decoder.append($0) }.joined() + decoder.finish()
            if streamed != tokenizer.decode(row) {
                Issue.record("\(row): \(streamed) is not \(tokenizer.decode(row))")
            }
            guard row.count < length else { return }
            for choice in choices {
                row.append(choice)
                extend()
                row.removeLast()
            }
        }
        extend()
    }
}
