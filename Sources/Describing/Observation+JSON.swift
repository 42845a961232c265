import Glibc
import Models
import Reading
import Signals
import ToolKit

extension Observation {
    /// Everything that was found, one object; boxes are in pixels of the full-size picture.
    ///
    /// - Parameters:
    ///   - form: what was asked for.
    ///   - milliseconds: how long it took.
    /// - Returns: the members always in the same order; null for what nobody looked for.
    package func json(_ form: Request.Form, milliseconds: Int) -> JSON {
        var members: [(String, JSON)] = [("input", .string(input))]
        let said = answer ?? caption
        if case .question(let question) = form {
            members.append(("question", .string(question)))
            members.append(("answer", .string(lines(.answer, for: form).joined())))
        } else {
            let sentence = isBlank ? "" : caption?.sentence ?? ""
            members.append(("caption", sentence.isEmpty ? .null : .string(sentence)))
        }
        members.append(("model", said.map { .string($0.model) } ?? .null))
        members.append(("confidence", said.map { .number(confidence($0)) } ?? .null))
        if form == .alt { members.append(("alt", .string(altText))) }
        members.append(("text", text.map { .array($0.map(json)) } ?? .null))
        members.append(("codes", codes.map { .array($0.map(json)) } ?? .null))
        members.append(("facts", facts.json))
        members.append(("milliseconds", .int(milliseconds)))
        return .object(members)
    }

    /// The mean probability of the model's own words, 0 to 1 (a geometric mean).
    private func confidence(_ said: Said) -> Double {
        exp(Double(said.description.meanLogProbability))
    }

    private func json(_ block: TextBlock) -> JSON {
        .object([
            ("text", .string(block.text)), ("box", json(block.box)),
            ("confidence", .number(block.confidence)),
        ])
    }

    private func json(_ code: Code) -> JSON {
        .object([
            ("kind", .string(code.kind.rawValue)), ("text", .string(code.text)),
            ("box", json(code.box)),
        ])
    }

    /// A JPEG may have been decoded at a half or less.
    private func json(_ box: Box) -> JSON {
        func scaled(_ value: Int) -> Int { value * image.details.fullWidth / image.width }
        return .object([
            ("x", .int(scaled(box.x))), ("y", .int(scaled(box.y))),
            ("width", .int(scaled(box.width))), ("height", .int(scaled(box.height))),
        ])
    }
}
