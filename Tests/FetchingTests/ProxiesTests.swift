import Fetching
import Foundation
import Testing

@Suite struct ProxiesTests {
    private func name(_ environment: [String: String], for address: String) throws -> String? {
        let url = try #require(URL(string: address))
        return try Proxies(environment: environment).proxy(for: url)?.name
    }

    @Test(arguments: [
        (["https_proxy": "http://a:1"], "a:1"), (["HTTPS_PROXY": "http://a:1/"], "a:1"),
        (["https_proxy": "b:2", "HTTPS_PROXY": "a:1"], "b:2"),
        (["https_proxy": "", "HTTPS_PROXY": "a:1"], "a:1"),
        (["all_proxy": "http://me:secret@c"], "c:80"), (["ALL_PROXY": "[::1]:8080"], "::1:8080"),
        (["http_proxy": "a:1"], nil), ([:], nil),
    ])
    func `the variable for the scheme counts, small letters first`(
        environment: [String: String], expected: String?
    ) throws {
        #expect(try name(environment, for: "https://hub.example/x") == expected)
    }

    @Test(arguments: ["socks5://a:1", "https://a:1", "http://", "ftp://a", "http://a b"])
    func `what is no proxy that can be used is refused without being shown`(text: String) {
        let error = #expect(throws: FetchError.badProxy("HTTPS_PROXY")) {
            try Proxies(environment: ["HTTPS_PROXY": text])
        }
        #expect(error?.what.contains(text) == false)
    }

    @Test(arguments: [
        ("*", true), ("hub.example.org", true), ("example.org", true), (".example.org", true),
        ("*.example.org", true), ("EXAMPLE.ORG", true), ("a, example.org ,b", true),
        ("a b example.org", true), ("example.org:443", true), ("example.org:80", false),
        ("ample.org", false), ("hub.example", false), ("", false), (",", false), (".", false),
    ])
    func `NO_PROXY names hosts and what is under them`(list: String, isDirect: Bool) throws {
        let found = try name(
            ["https_proxy": "p:1", "NO_PROXY": list], for: "https://hub.example.org/x")
        #expect((found == nil) == isDirect)
    }

    @Test(arguments: [
        ("10.1.2.3", "10.0.0.0/8", true), ("10.1.2.3", "10.1.2.3", true),
        ("10.1.2.3", "10.1.2.0/30", true), ("10.1.2.4", "10.1.2.0/30", false),
        ("10.1.2.3", "0.0.0.0/0", true), ("10.1.2.3", "10.0.0.0/99", false),
        ("10.1.2.3", "2.3", false), ("[fd00::5]", "fd00::/16", true),
        ("[fd00::5]", "fd00::5", true),
        ("[fd00::5]", "10.0.0.0/8", false), ("127.0.0.1", "", true), ("[::1]", "", true),
        ("localhost", "", true),
    ])
    func `NO_PROXY names addresses and blocks of them; this machine needs no name`(
        host: String, list: String, isDirect: Bool
    ) throws {
        let found = try name(["https_proxy": "p:1", "no_proxy": list], for: "https://\(host)/x")
        #expect((found == nil) == isDirect)
    }
}
