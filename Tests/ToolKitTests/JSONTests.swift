import Foundation
import Testing
import ToolKit

@Suite struct JSONTests {
    @Test func `members keep their order and the line has no spaces`() {
        let value = JSON.object([
            ("input", .string("a.jpg")), ("count", .int(-3)), ("sure", .bool(true)),
            ("caption", .null), ("boxes", .array([.int(1), .int(2)])),
        ])
        #expect(
            value.line
                == #"{"input":"a.jpg","count":-3,"sure":true,"caption":null,"boxes":[1,2]}"#)
    }

    @Test(arguments: [
        ("quote\" and \\", #""quote\" and \\""#), ("two\nlines\tend\r", #""two\nlines\tend\r""#),
        ("escape \u{1B}[2J", #""escape \u001b[2J""#), ("delete \u{7F}", #""delete \u007f""#),
        ("größer 🦮", "\"größer 🦮\""), ("", "\"\""),
    ])
    func `strings are escaped as RFC 8259 asks`(text: String, expected: String) {
        #expect(JSON.string(text).line == expected)
    }

    @Test(arguments: [
        (0.5, "0.5"), (-1.234567, "-1.2346"), (3, "3.0"), (1e300, "1e+300"),
        (.nan, "null"), (-.infinity, "null"),
    ])
    func `numbers have at most four decimals and no NaN`(value: Double, expected: String) {
        #expect(JSON.number(value).line == expected)
    }

    @Test func `Foundation reads back what is written`() throws {
        let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
        let line = JSON.object([("text", .string(text))]).line
        let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        #expect(read?["text"] == text)
    }
}
