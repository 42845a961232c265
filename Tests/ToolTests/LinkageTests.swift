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

    /// What the loader is asked for by the tool itself, and names of the functions it takes from there.
    private func elf(_ tool: String, _ options: String...) throws -> String {
        let run = try ToolRun.run("/usr/bin/readelf", options + [ToolRun.buildFolder + "/" + tool])
        #expect(run.status == 0, "\(run)")
        return run.text
    }

    private func linked(by tool: String) throws -> Set<String> {
        let entries = try elf(tool, "-d", "-W").split(separator: "\n")
            .filter { $0.contains("(NEEDED)") }
            .compactMap { $0.split(separator: "[").last?.split(separator: "]").first }
        // "libjpeg.so.62" is libjpeg.
        let names = entries.map { String($0.prefix(while: { $0 != "." })) }
        let system: Set = ["libc", "libm", "libdl", "libgcc_s", "libstdc++", "ld-linux-x86-64"]
        return Set(names.filter { !$0.hasPrefix("libswift") }).subtracting(system)
    }

    /// A tool that gains a library has to gain it here too, where somebody asks what for.
    @Test(arguments: [
        (
            "describe-image",
            [
                "libBlocksRuntime", "libdispatch", "libFoundationEssentials", "libjpeg", "libpng16",
                "libwebp", "libwebpdemux", "libz",
            ]
        ),
        (
            "transcribe",
            ["libBlocksRuntime", "libdispatch", "libFoundationEssentials", "libsndfile", "libz"]
        ),
        (
            "caption-video-frames",
            [
                "libBlocksRuntime", "libdispatch", "libFoundationEssentials", "libespeak-ng",
                "libjpeg", "libmd4c", "libpng16", "libsndfile", "libwebp", "libwebpdemux", "libz",
            ]
        ),
        (
            "speak",
            [
                "libBlocksRuntime", "libdispatch", "libFoundationEssentials", "libmd4c",
                "libsndfile",
            ]
        ),
        ("curbcut", ["libBlocksRuntime", "libFoundationEssentials", "libdispatch", "libz"]),
    ])
    func `each tool links what it needs and nothing else`(
        tool: String, libraries: [String]
    ) throws {
        let found = try linked(by: tool)
        #expect(found.isSubset(of: libraries), "\(tool) links \(found.sorted())")
    }

    @Test(arguments: ["caption-video-frames", "describe-image", "speak", "transcribe"])
    func `no tool but curbcut can open a connection`(tool: String) throws {
        let calls: Set = [
            "socket", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo", "sendto",
            "recvfrom", "sendmsg", "recvmsg", "gethostbyname",
        ]
        func network(_ tool: String) throws -> Set<String> {
            let symbols = try elf(tool, "--dyn-syms", "-W").split(separator: "\n")
            let names = symbols.compactMap { line -> Substring? in
                let fields = line.split(separator: " ")
                guard fields.count >= 8, fields[6] == "UND" else { return nil }
                return fields[7].prefix { $0 != "@" }
            }
            return calls.intersection(names.map(String.init))
        }
        #expect(try network(tool).isEmpty)
        // The look works: the one that may open connections is seen to.
        #expect(try network("curbcut").isSuperset(of: ["socket", "connect"]))
    }

    @Test(arguments: ["caption-video-frames", "describe-image", "speak", "transcribe"])
    func `no tool but curbcut holds code of the network libraries`(tool: String) throws {
        func modules(_ tool: String) throws -> [String] {
            let names = try elf(tool, "-s", "-W")
            return ["7NIOCore", "8NIOPosix", "15AsyncHTTPClient", "CNIOBoringSSL"]
                .filter(names.contains)
        }
        #expect(try modules(tool).isEmpty)
        #expect(try modules("curbcut").count == 4)
    }

    @Test(arguments: ["caption-video-frames", "describe-image", "speak", "transcribe"])
    func `no network library is loaded, not even by another`(tool: String) throws {
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

    @Test func `speak links no picture library, no video and no speech engine`() throws {
        let others = [
            "libjpeg", "libpng", "libwebp", "libtesseract", "libzbar", "libav", "libswresample",
            // Opened by the process that speaks: it brings sound servers, D-Bus and X11.
            "libespeak", "libpcaudio", "libpulse", "libasound", "libX11",
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
