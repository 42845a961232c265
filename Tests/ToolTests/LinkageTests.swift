import TestKit
import Testing

/// What the loader brings in with each tool; a picture must not be able to leave the machine.
@Suite struct LinkageTests {
    private func libraries(of tool: String) throws -> [Substring] {
        let run = try ToolRun.run("/usr/bin/ldd", [ToolRun.buildFolder + "/" + tool])
        #expect(run.status == 0, "\(run)")
        return run.text.split(separator: "\n").compactMap {
            $0.split(separator: " ").first?.drop { $0 == "\t" }
        }
    }

    @Test(arguments: ["describe-image", "speak", "transcribe"])
    func `no network code is linked`(tool: String) throws {
        let network = [
            "libcurl", "libgnutls", "libssl", "libnghttp2", "libFoundationNetworking", "libssh",
        ]
        let found = try libraries(of: tool).filter { name in network.contains { name.hasPrefix($0) }
        }
        #expect(found.isEmpty, "\(tool) links \(found)")
    }

    @Test func `describe-image links no sound, no speech and no video`() throws {
        let others = [
            "libav", "libswscale", "libswresample", "libsndfile", "libespeak", "libasound",
            "libpulse", "libFoundation.so",
        ]
        let found = try libraries(of: "describe-image")
            .filter { name in others.contains { name.hasPrefix($0) } }
        #expect(found.isEmpty, "describe-image links \(found)")
    }

    @Test func `speak links no picture library and no video`() throws {
        let others = [
            "libjpeg", "libpng", "libwebp", "libtesseract", "libzbar", "libav", "libswresample",
            // Opened when a page needs it: it brings tables of 30 MB.
            "libxml2", "libicu",
        ]
        let found = try libraries(of: "speak")
            .filter { name in others.contains { name.hasPrefix($0) } }
        #expect(found.isEmpty, "speak links \(found)")
    }

    @Test func `transcribe links no picture library, no speech engine and no FFmpeg`() throws {
        // FFmpeg is opened when a recording needs it: linking it costs 35 ms at every start.
        let others = [
            "libjpeg", "libpng", "libwebp", "libtesseract", "libzbar", "libav", "libswscale",
            "libswresample", "libespeak", "libFoundation.so",
        ]
        let found = try libraries(of: "transcribe")
            .filter { name in others.contains { name.hasPrefix($0) } }
        #expect(found.isEmpty, "transcribe links \(found)")
    }
}
