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

    @Test func `of a repository whose main branch has pickle alone, another revision is taken`()
        throws
    {
        let repository = "openai/clip-vit-base-patch32"
        for text in ["clip-vit-base-patch32", "hf:" + repository] {
            #expect(
                try ModelReference(text).source
                    == .hub(repository: repository, revision: "refs/pr/15"))
        }
        #expect(
            try ModelReference("hf:\(repository)@main").source
                == .hub(repository: repository, revision: "main"))
    }

    @Test(arguments: [
        "main", "v1.0", "refs/pr/1", "feature/new+better", "refs/convert/parquet",
        "0123456789abcdef0123456789abcdef01234567", "user@host",
    ])
    func `a revision is a branch, a tag or a commit`(revision: String) throws {
        #expect(
            try ModelReference("hf:a/b@" + revision).source
                == .hub(repository: "a/b", revision: revision))
    }

    @Test func `the address of a page names its repository`() throws {
        let page = "https://huggingface.co/Somebody/model"
        #expect(try ModelReference(page).name == "Somebody/model")
        #expect(
            try ModelReference(page + "/tree/refs/pr/3").source
                == .hub(repository: "Somebody/model", revision: "refs/pr/3"))
        #expect(throws: ReferenceError.self) { try ModelReference("https://huggingface.co/x") }
        #expect(throws: ReferenceError.self) { try ModelReference("https://elsewhere.example/a/b") }
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
