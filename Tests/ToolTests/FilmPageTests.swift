import Foundation
import TestKit
import Testing

private func path(of command: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/"].map { $0 + command }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// The page of a film, as a validator and a browser see it.
@Suite struct FilmPageTests {
    private let folder: TemporaryFolder
    private let page: String

    init() throws {
        folder = try TemporaryFolder()
        page = folder.path + "/page.html"
    }

    private func writePage() throws {
        let run = try captionFilm(["--format", "html", films + "/scenes.mp4", "-o", page])
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
    }

    @Test func `a page stands alone: frames with words, and times as headings`() throws {
        try writePage()
        let text = try folder.text("page.html")
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        for time in ["00:00:01", "00:00:05", "00:00:10", "00:00:14"] {
            #expect(text.contains("<h2>\(time)</h2>"))
        }
        #expect(text.components(separatedBy: "src=\"data:image/jpeg;base64,/9j/").count == 5)
        #expect(text.contains("alt=\"A duck to the left of a yellow ring.\""))
        #expect(text.contains("<q>PLEASE RING THE BELL</q>"))
        #expect(!text.contains("http"), "nothing is fetched")
    }

    @Test(
        .enabled(
            if: path(of: "tidy") != nil, "the validator tidy (Debian: tidy) is not installed"))
    func `a validator finds nothing wrong with it`() throws {
        try writePage()
        let run = try ToolRun.run(path(of: "tidy") ?? "", ["-e", "-q", page])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    }

    @Test(
        .enabled(
            if: path(of: "chromium") != nil, "the browser (Debian: chromium) is not installed"))
    func `a browser shows every frame`() throws {
        try writePage()
        // The browser itself counts the pictures that it could decode.
        let script =
            "<script>document.title=[...document.images].filter(i=>i.naturalWidth>0).length</script>"
        let text = try folder.text("page.html").replacingOccurrences(
            of: "</body>", with: script + "</body>")
        let counted = try folder.write("counted.html", text)
        let run = try ToolRun.run(
            path(of: "chromium") ?? "",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000",
                "--user-data-dir=\(folder.path)/profile", "--dump-dom", "file://" + counted,
            ])
        #expect(run.text.contains("<title>4</title>"), "\(run)")
    }
}
