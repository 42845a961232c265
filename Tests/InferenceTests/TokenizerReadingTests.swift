import Inference
import Signals
import TestKit
import Testing

@Suite struct TokenizerReadingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let model =
        #""model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["a b"]}"#

    @Test func `merges are read as strings and as pairs`() throws {
        for merges in [#"["a b"]"#, #"[["a","b"]]"#] {
            let json = #"{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":\#(merges)}}"#
            try folder.write("tokenizer.json", json)
            #expect(try Tokenizer(folder: folder.path).encode("abba") == [2, 1, 0])
        }
    }

    @Test func `the vocabulary may come after the merges`() throws {
        let json = #"{"model":{"merges":["a b"],"vocab":{"ab":2,"b":1,"a":0},"type":"BPE"}}"#
        try folder.write("tokenizer.json", json)
        #expect(try Tokenizer(folder: folder.path).encode("ab") == [2])
    }

    @Test(arguments: [
        (#""normalizer":{"type":"Precompiled"}"#, "normalizer", "Precompiled"),
        (#""pre_tokenizer":{"type":"Metaspace"}"#, "pre-tokenizer", "Metaspace"),
        (#""post_processor":{"type":"Novel"}"#, "post-processor", "Novel"),
        (#""decoder":{"type":"CTC"}"#, "decoder", "CTC"),
        (
            #""normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"}]}"#, "normalizer",
            "NFKC"
        ),
    ])
    func `a part of unknown type is refused by name`(
        json: String, part: String, type: String
    ) throws {
        let path = try folder.write("tokenizer.json", "{\(json),\(model)}")
        let expected = TokenizerError.unknownPart(file: path, part: part, type: type)
        #expect(throws: expected) { try Tokenizer(folder: folder.path) }
        #expect(
            expected.what == "\(path) asks for a \(part) of type '\(type)', which is not known here"
        )
        #expect(expected.exitStatus == .unavailable)
    }

    @Test func `an unknown model is refused by name`() throws {
        let path = try folder.write(
            "tokenizer.json", #"{"model":{"type":"Unigram","vocab":[["a",0.5]]}}"#)
        #expect(
            throws: TokenizerError.unknownPart(file: path, part: "model", type: "Unigram")
        ) { try Tokenizer(folder: folder.path) }
    }

    @Test(arguments: [#"(a+)+"#, #"a+?"#, #"\bword"#, "[a", "(?=x)", #"\p{Greek}"#, "a{2", "*"])
    func `a pattern outside of the language is refused with its text`(pattern: String) throws {
        let escaped = pattern.split(separator: "\\", omittingEmptySubsequences: false)
            .joined(separator: "\\\\")
        let part =
            #"{"type":"Split","pattern":{"Regex":"\#(escaped)"},"behavior":"Isolated","invert":false}"#
        let path = try folder.write(
            "tokenizer.json", "{\"pre_tokenizer\":\(part),\(model)}")
        #expect(throws: TokenizerError.unknownPattern(file: path, pattern: pattern)) {
            try Tokenizer(folder: folder.path)
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "{", #"{"model":null}"#, #"{"model":{"type":"BPE","vocab":{"a":-1}}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0,"a":1}}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0,"b":0}}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":1e3}}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":99999999999}}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0},"merges":["ab"]}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0},"merges":[["a","b","c"]]}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":"u"}}"#,
        #"{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"byte_fallback":true}}"#,
        #"{"model":{"type":"WordPiece","vocab":{"a":0},"unk_token":"u"}}"#,
        #"{"added_tokens":[{"id":0}],"model":{"type":"BPE","vocab":{},"merges":[]}}"#,
    ])
    func `a malformed tokenizer is refused in one sentence`(json: String) throws {
        let path = try folder.write("tokenizer.json", json)
        let error = try #require(throws: TokenizerError.self) { try Tokenizer(folder: folder.path) }
        #expect(error.what.hasPrefix(path))
        #expect(!error.what.contains("\n"))
    }

    @Test(
        .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence))
    ) func `a file that the reference refuses is refused`() throws {
        // It joins "off" and "line", which are not in its vocabulary.
        let tiny = SharedTestData.folder + "/tokenizers/tiny"
        #expect(
            throws: TokenizerError.merge(file: tiny + "/tokenizer.json", number: 0)
        ) { try Tokenizer(folder: tiny) }
    }

    @Test func `without tokenizer files the folder is named`() {
        #expect(throws: TokenizerError.noTokenizer(folder: folder.path)) {
            try Tokenizer(folder: folder.path)
        }
    }

    @Test func `tokens that a vocabulary lacks come from the configuration`() throws {
        try folder.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n")
        try folder.write(
            "tokenizer_config.json",
            #"""
            {"tokenizer_class":"BertTokenizer","added_tokens_decoder":{"6":{"content":"[DEC]",
            "special":true,"normalized":false,"single_word":false,"lstrip":false,"rstrip":false}}}
            """#)
        try folder.write("added_tokens.json", #"{"[ENC]":7}"#)
        let tokenizer = try Tokenizer(folder: folder.path)
        #expect(tokenizer.id(of: "[DEC]") == 6)
        #expect(tokenizer.encode("[ENC]AB xyz") == [2, 7, 4, 5, 1, 3])
        #expect(tokenizer.vocabularySize == 8)
        #expect(tokenizer.decode([6, 4, 5, 4, 3]) == "ab a")
    }

    @Test func `a class that needs other rules is refused`() throws {
        try folder.write("vocab.json", "{}")
        let settings = try folder.write(
            "tokenizer_config.json", #"{"tokenizer_class":"CLIPTokenizer"}"#)
        #expect(
            throws: TokenizerError.unknownPart(
                file: settings, part: "tokenizer without tokenizer.json", type: "CLIPTokenizer")
        ) { try Tokenizer(folder: folder.path) }
    }
}
