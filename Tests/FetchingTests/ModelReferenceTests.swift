import Fetching
import Testing

@Suite struct ModelReferenceTests {
    @Test func `a name of the catalogue leads to its repository`() throws {
        let reference = try ModelReference("whisper-base.en")
        #expect(reference.name == "whisper-base.en")
        #expect(
            reference.source == .hub(repository: "openai/whisper-base.en", revision: "main"))
    }

    @Test func `any repository can be named, with a revision`() throws {
        let plain = try ModelReference("hf:Somebody/model-1.0")
        #expect(plain.name == "Somebody/model-1.0")
        #expect(plain.source == .hub(repository: "Somebody/model-1.0", revision: "main"))
        let chosen = try ModelReference("hf:Somebody/model@refs/pr/3")
        #expect(chosen.source == .hub(repository: "Somebody/model", revision: "refs/pr/3"))
    }

    @Test func `a repository of the catalogue has its name, so that it is not kept twice`() throws {
        #expect(try ModelReference("hf:openai/whisper-tiny").name == "whisper-tiny")
    }

    @Test func `what names no model is answered with what is near`() {
        let error = #expect(throws: ReferenceError.self) { try ModelReference("whisper-bse") }
        #expect(error?.what.contains("near it are whisper-base") == true)
        #expect(throws: ReferenceError.repositoryWithoutMark("openai/whisper-tiny2")) {
            try ModelReference("openai/whisper-tiny2")
        }
        #expect(throws: ReferenceError.comesWithCurbcut("starter-scenes")) {
            try ModelReference("starter-scenes")
        }
    }

    @Test(arguments: [
        "hf:", "hf:alone", "hf:a/b/c", "hf:../../etc", "hf:a/..", "hf:a/b@", "hf:a/b@x/../y",
        "hf:a/b@x?y", "hf:a/b@\u{1}", "hf:.a/b", "hf:a/b c",
    ])
    func `what could lead elsewhere is refused`(text: String) {
        #expect(throws: ReferenceError.malformed(text)) { try ModelReference(text) }
    }
}
