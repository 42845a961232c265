import Inference
import Testing

@Suite struct JSONReaderTests {
    @Test func `a text of every kind of value is read`() throws {
        let value = try parse(#" {"a": [1, -2.5e1, "x", true, false, null], "b": {}, "c": []} "#)
        #expect(
            value
                == .object([
                    "a": .array([
                        .integer(1), .number(-25), .string("x"), .boolean(true), .boolean(false),
                        .null,
                    ]),
                    "b": .object([:]), "c": .array([]),
                ]))
        #expect(value["missing"] == nil)
    }

    @Test func `escapes and surrogate pairs are resolved`() throws {
        #expect(
            try parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#)
                == .string("\"\\/\u{8}\u{c}\n\r\t\u{e9}\u{1F600}\u{e9}"))
    }

    @Test func `whole numbers keep all their digits`() throws {
        #expect(try parse("9223372036854775807") == .integer(.max))
        #expect(try parse("-9223372036854775808") == .integer(.min))
        #expect(try parse("18446744073709551616") == .number(18446744073709551616))
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{a:1}", "01", "1.", ".5", "1e", "+1",
        "tru", "nul", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"a", "\"\n\"",
        "1 2", "{\"a\":1,\"a\":2}", "[", "]", "NaN", "'a'",
        String(repeating: "[", count: 100_000),
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONFault.self) { try parse(text) }
    }

    @Test func `bytes that are not UTF-8 are refused with their place`() {
        #expect(throws: JSONFault(problem: .notUTF8, offset: 2)) {
            try JSONValue(parsing: [0x5B, 0x22, 0xFF, 0x22, 0x5D])
        }
    }

    @Test func `a caller that knows what comes reads without a tree`() throws {
        var reader = try JSONReader(Array(#"{"one": 1, "two": 2}"#.utf8))
        var sum = 0
        var names: [UInt8] = []
        try reader.beginObject()
        while try reader.nextKey(appendingTo: &names) { sum += try reader.integer() }
        try reader.end()
        #expect(sum == 3)
        #expect(String(decoding: names, as: UTF8.self) == "onetwo")
    }

    private func parse(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }
}
