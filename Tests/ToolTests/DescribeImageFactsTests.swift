import Foundation
import TestKit
import Testing

/// Pictures made here byte by byte, so that what is true of them is known.
@Suite struct DescribeImageFactsTests {
    /// A PNG of one colour per pixel: 8-bit RGB in stored (uncompressed) blocks.
    private func png(width: Int, height: Int, _ colour: (Int, Int) -> [UInt8]) -> [UInt8] {
        var rows: [UInt8] = []
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width { rows += colour(x, y) }
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0])
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    private func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return bigEndian(data.count) + body + bigEndian(Int(crc(body)))
    }

    private func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
            }
        }
    }

    /// A zlib stream of stored blocks.
    private func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var first = 1
        var second = 0
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let block = bytes[start..<min(start + 65_535, bytes.count)]
            let low = UInt8(block.count & 255)
            let high = UInt8(block.count >> 8)
            stream += [block.endIndex == bytes.count ? 1 : 0, low, high, ~low, ~high] + block
            for byte in block {
                first = (first + Int(byte)) % 65_521
                second = (second + first) % 65_521
            }
        }
        return stream + bigEndian(second << 16 | first)
    }

    @Test(arguments: [[], ["--brief"], ["--alt"], ["--full"]])
    func `a blank picture is called blank`(arguments: [String]) throws {
        let run = try describe(
            arguments, input: png(width: 200, height: 100) { _, _ in [255, 255, 255] })
        #expect(run.status == 0, "\(run)")
        #expect(run.text.lowercased().contains("blank"), "\(run)")
        #expect(run.text.contains("white"), "\(run)")
    }

    @Test func `the facts name what is in the pixels`() throws {
        // Blue over green, each half of the height.
        let bytes = png(width: 160, height: 120) { _, y in y < 60 ? [40, 90, 220] : [40, 160, 60] }
        let run = try describe(["--full"], input: bytes)
        #expect(run.status == 0, "\(run)")
        for word in ["landscape", "160 by 120 pixels", "blue above", "green below"] {
            #expect(run.text.contains(word), "\(word): \(run)")
        }
    }

    @Test func `a picture of one pixel is described`() throws {
        let run = try describe([], input: png(width: 1, height: 1) { _, _ in [200, 30, 30] })
        #expect(run.status == 0, "\(run)")
        #expect(run.text.contains("red"), "\(run)")
    }

    @Test func `an alt text is one line of at most 150 characters`() throws {
        for name in ["sign.png", "chart.png", "harbour.jpg", "ticket.png"] {
            let run = try describe(["--alt", pictures + "/" + name])
            #expect(run.status == 0, "\(run)")
            #expect(run.text.hasSuffix("\n") && run.text.count <= 151, "\(run)")
            #expect(run.text.filter { $0 == "\n" }.count == 1, "\(run)")
        }
    }
}

@Suite(
    .serialized, .enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct DescribeImageHostileTests {
    @Test(arguments: ["bmp", "gif", "jpeg", "other", "png", "tiff", "webp"])
    func `hostile files are described or refused in one sentence`(kind: String) throws {
        for file in try SharedTestData.files(in: "hostile/" + kind) {
            let run = try describe(["--full", file])
            #expect([0, 65].contains(run.status), "\(run)")
            #expect(run.output.isEmpty == (run.status != 0), "\(run)")
            // What is wrong, or that no captioner is installed; a blank picture needs none.
            let isBlank = run.text.hasPrefix("The picture is blank")
            #expect(run.errors.filter { $0 == "\n" }.count == (isBlank ? 0 : 1), "\(run)")
        }
    }
}
