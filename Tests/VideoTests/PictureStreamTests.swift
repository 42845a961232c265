import Foundation
import TestKit
import Testing
import Video

/// Streams of pictures and files that are no films.
@Suite struct PictureStreamTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A colour picture of two halves as PPM.
    private func picture(left: UInt8, right: UInt8) -> [UInt8] {
        Array("P6\n64 36\n255\n".utf8)
            + (0..<36).flatMap { _ in
                (0..<64).flatMap { x in [UInt8](repeating: x < 32 ? left : right, count: 3) }
            }
    }

    @Test func `pictures one behind the other are frames of the given rate`() throws {
        let pictures = [
            picture(left: 0, right: 255), picture(left: 255, right: 0),
            picture(left: 255, right: 0), picture(left: 0, right: 200),
        ]
        let path = try folder.write("pictures", pictures.flatMap { $0 })
        var options = FilmOptions()
        options.picturesPerSecond = 2
        let seen = try look(at: path, options: options)
        #expect(seen.report.decodedFrames == 4, "\(seen.report)")
        #expect(seen.frames.map(\.startSeconds) == [0, 0.5, 1.5], "\(seen.report)")
    }

    @Test(arguments: [
        "#EXTM3U\n#EXTINF:10,\nhttp://example.org/film.ts\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "[playlist]\nFile1=/etc/passwd\n", "file '/etc/passwd'\n",
        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>",
    ])
    func `a playlist is refused and nothing that it names is opened`(text: String) throws {
        let path = try folder.write("film.m3u8", text)
        #expect(throws: FilmError.playlist) { try look(at: path) }
    }

    @Test func `text and an empty file are no films`() throws {
        let page = try folder.write("film.mp4", "<!doctype html><p>404 http://example.org</p>")
        #expect(throws: FilmError.text) { try look(at: page) }
        let empty = try folder.write("empty.mp4", "")
        #expect(throws: FilmError.empty) { try look(at: empty) }
    }

    @Test func `a film without its index is refused`() throws {
        let whole = try Fixture.bytes(of: films + "/bars.mp4")
        let mark = try #require(
            (0..<whole.count - 4).first { whole[$0..<$0 + 4].elementsEqual("moov".utf8) })
        let path = try folder.write("cut.mp4", Array(whole[..<(mark - 4)]))
        #expect(throws: FilmError.unknownFormat) { try look(at: path) }
    }
}

extension Fixture {
    static func bytes(of path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
