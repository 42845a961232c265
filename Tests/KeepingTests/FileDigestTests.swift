import Keeping
import TestKit
import Testing

@Suite struct FileDigestTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // FIPS 180-2, appendix B.1.
    @Test func `SHA-256 is that of the standard`() throws {
        let path = try folder.write("abc", "abc")
        #expect(
            try FileDigest.of(path)
                == .sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
    }

    // git hash-object, of a file with the line "hello".
    @Test func `a small file's digest is git's`() throws {
        let path = try folder.write("hello", "hello\n")
        let known = FileDigest.gitBlob("ce013625030ba8dba906f756967f9e9ca394464a")
        #expect(try FileDigest.of(path, like: known) == known)
    }

    @Test func `a digest does not depend on how the bytes come`() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var whole = RunningDigest(like: nil, size: nil)
        whole.update(bytes[...])
        var parts = RunningDigest(like: nil, size: nil)
        for start in stride(from: 0, to: bytes.count, by: 777) {
            parts.update(bytes[start..<min(start + 777, bytes.count)])
        }
        #expect(parts.value == whole.value)
        #expect(parts.byteCount == 100_000)
    }

    @Test func `ETags are told by their length`() {
        let long = String(repeating: "0aF", count: 21) + "b"
        #expect(FileDigest("\"\(long)\"") == .sha256(long.lowercased()))
        #expect(FileDigest(String(repeating: "9", count: 40)) != nil)
        #expect(FileDigest("W/\"xyz\"") == nil)
        #expect(FileDigest(String(repeating: "g", count: 64)) == nil)
        #expect(FileDigest("") == nil)
    }

    @Test func `sizes are said as people read them`() {
        #expect(999.megabytes == "999 bytes")
        #expect(1_500.megabytes == "2 kB")
        #expect(290_403_936.megabytes == "290 MB")
        #expect(3_086_912_962.megabytes == "3.1 GB")
    }
}
