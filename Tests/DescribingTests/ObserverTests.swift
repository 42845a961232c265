import Describing
import Foundation
import Models
import Signals
import TestKit
import Testing
import ToolKit

/// A model whose words are known; it tells what it was asked in what it answers.
private struct Parrot: ImageDescriber, QuestionAnswerer {
    let name = "parrot"
    let imageSide = 64
    var scope: String?
    var meanLogProbability: Float = -0.1
    var isSilent = false

    func describe(_ image: Image, prefix: String?) throws -> Description {
        Description(
            text: isSilent ? "" : "\(prefix ?? "a") parrot", meanLogProbability: meanLogProbability,
            tokenCount: 2)
    }

    func answer(_ question: String, about image: Image) throws -> Description {
        Description(
            text: isSilent ? "" : "you asked \(question)", meanLogProbability: meanLogProbability,
            tokenCount: 3)
    }
}

@Suite struct ObserverTests {
    private let pictures = Repository.folder + "/examples/pictures/"

    private func lines(
        _ request: Request, of name: String, label: String? = nil, model: Parrot? = Parrot()
    ) throws -> [String] {
        var observer = try Observer(
            request, captioner: model, answerer: model, telling: Notices(tool: "test-tool"))
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: pictures + name)))
        var lines: [String] = []
        let picture = try observer.reader.open(Input(name: name, label: label, bytes: bytes))
        try observer.describe(picture) { lines.append($0) }
        return lines
    }

    @Test func `caption, text and codes come in that order`() throws {
        #expect(
            try lines(Request(form: .standard), of: "sign.png") == [
                "A parrot.", "Text: Ferry to the island", "Text: Pier 2, every hour",
            ])
        #expect(
            try lines(Request(form: .standard), of: "ticket.png") == [
                "A parrot.", "Code: https://example.org/ticket/42",
            ])
    }

    @Test func `brief is the caption alone`() throws {
        #expect(try lines(Request(form: .brief), of: "sign.png") == ["A parrot."])
    }

    @Test func `a label begins each line`() throws {
        let lines = try lines(Request(form: .standard), of: "sign.png", label: "sign.png")
        #expect(lines.first == "sign.png: A parrot.")
        #expect(lines.allSatisfy { $0.hasPrefix("sign.png: ") })
    }

    @Test func `the prefix reaches the model, and doubt reaches the listener`() throws {
        var request = Request(form: .brief)
        request.prefix = "a green"
        #expect(try lines(request, of: "harbour.jpg") == ["A green parrot."])
        let unsure = Parrot(meanLogProbability: -3)
        #expect(
            try lines(request, of: "harbour.jpg", model: unsure) == ["Possibly a green parrot."])
    }

    @Test func `a model that writes nothing is a failure, not an answer`() {
        #expect(throws: NoAnswerError(model: "parrot")) {
            try lines(
                Request(form: .question("what is it?")), of: "harbour.jpg",
                model: Parrot(isSilent: true))
        }
    }

    @Test func `a question is answered`() throws {
        #expect(
            try lines(Request(form: .question("what?")), of: "harbour.jpg")
                == ["You asked what?"])
    }

    @Test func `what a model of small scope does not know is measured`() throws {
        let facts = try lines(Request(form: .standard), of: "harbour.jpg", model: nil)
        let unknown = Parrot(scope: "parrots", isSilent: true)
        #expect(
            try lines(Request(form: .standard), of: "harbour.jpg", model: unknown) == facts)
        var request = Request(form: .standard)
        request.json = true
        let json = try lines(request, of: "harbour.jpg", model: unknown)
        #expect(json[0].contains(#""caption":null,"model":null,"confidence":null"#), "\(json)")
        let brief = try lines(Request(form: .brief), of: "harbour.jpg", model: unknown)
        #expect(brief == (try lines(Request(form: .brief), of: "harbour.jpg", model: nil)))
    }

    @Test func `what a model of small scope knows is its caption`() throws {
        let model = Parrot(scope: "parrots")
        #expect(try lines(Request(form: .brief), of: "harbour.jpg", model: model) == ["A parrot."])
    }

    @Test func `an alt text is the caption of a picture that is more than text`() throws {
        #expect(try lines(Request(form: .alt), of: "chart.png") == ["A parrot."])
    }

    @Test func `JSON is one line`() throws {
        var request = Request(form: .standard)
        request.json = true
        let lines = try lines(request, of: "harbour.jpg", label: "ignored")
        #expect(lines.count == 1)
        #expect(
            lines[0].hasPrefix(
                #"{"input":"harbour.jpg","caption":"A parrot.","model":"parrot","confidence":0.9048,"#
            ))
    }
}
