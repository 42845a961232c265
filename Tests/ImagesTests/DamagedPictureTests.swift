import Foundation
import Images
import Signals
import TestKit
import Testing

@Suite struct DamagedPictureTests {
    /// Nothing is invented: there is no third outcome, a picture with made-up parts.
    @Test(arguments: [
        "rgb-444.jpg", "rgb-420.jpg", "progressive.jpg", "restarts.jpg", "gray.jpg", "cmyk.jpg",
        "exif-facts.jpg", "rgb-8.png", "rgb-8-interlaced.png", "palette-4-trns.png",
        "gamma-1.0.png", "lossy.webp", "lossless-alpha.webp", "lossy-alpha.webp", "animated.webp",
        "exif-6.webp",
    ])
    func `the start of a picture is the whole picture or an error`(file: String) throws {
        let bytes = try PictureTruth.bytes(file)
        let whole = try decodeImage(bytes)
        for count in 0..<bytes.count {
            if let image = decoded(Array(bytes.prefix(count))) {
                #expect(image.pixels == whole.pixels, "\(count) of \(bytes.count) bytes")
            }
        }
        #expect(decoded(Array(bytes.prefix(bytes.count * 3 / 4))) == nil)
    }

    @Test func `a cut JPEG says how much of it is there`() throws {
        // 37 x 21 pixels: of the first 16 rows, the last two wait for colours from below.
        let bytes = try PictureTruth.bytes("restarts.jpg")
        let error = ImageError.endsEarly(format: .jpeg, percent: 66)
        #expect(throws: error) { try decodeImage(Array(bytes.dropLast(100))) }
        #expect(error.what == "the JPEG data ends early: 66 % of the picture could be read")
        #expect(error.exitStatus == .damagedInput)
    }

    @Test func `a cut PNG ends early`() throws {
        let bytes = try PictureTruth.bytes("rgb-8.png")
        #expect {
            try decodeImage(Array(bytes.dropLast(60)))
        } throws: { error in
            guard case .endsEarly(.png, _)? = error as? ImageError else { return false }
            return true
        }
    }

    @Test func `a flipped bit in a PNG is found by its checksum`() throws {
        var bytes = try PictureTruth.bytes("rgb-8.png")
        bytes[bytes.count - 30] ^= 4
        #expect {
            try decodeImage(bytes)
        } throws: { error in
            guard case .damaged(.png, let reason)? = error as? ImageError else { return false }
            return !reason.isEmpty
        }
    }

    @Test func `stray bytes after a picture do no harm`() throws {
        for file in ["rgb-420.jpg", "rgb-8.png", "lossy.webp"] {
            let bytes = try PictureTruth.bytes(file)
            let more = bytes + Array("<?php phpinfo();".utf8)
            #expect(try decodeImage(more) == decodeImage(bytes), "\(file)")
        }
    }

    @Test func `a header of 30000 by 30000 pixels is refused by the limit`() {
        let error = ImageError.tooLarge(
            format: .png, width: 30000, height: 30000, maxPixels: 200_000_000)
        #expect(throws: error) { try decodeImage(pngHeader(30000, 30000) + emptyData) }
        #expect(
            error.what
                == "the PNG picture says it is 30000 x 30000 pixels, more than 200000000")
        #expect(
            error.remedy == "if you trust it, allow that many: --max-pixels 900000000")
    }

    /// A limit raised by the user must not make such a file cost memory.
    @Test func `a header without data costs nothing even where the limit allows it`() async {
        await #expect(processExitsWith: .success) {
            let limits = DecodingLimits(maxPixels: .max)
            for bytes in [pngHeader(30000, 30000), pngHeader(30000, 30000) + emptyData] {
                _ = try? decodeImage(bytes, limits: limits)
            }
            let peak = try peakMegabytes()
            try #require(peak < 100)
        }
    }

    @Test func `sides of 2^31 - 1 pixels are refused`() {
        let side = 0x7FFF_FFFF
        let bytes = pngHeader(UInt32(side), UInt32(side)) + emptyData
        #expect(
            throws: ImageError.tooLarge(
                format: .png, width: side, height: side, maxPixels: 200_000_000)
        ) { try decodeImage(bytes) }
        let error = ImageError.noMemory(format: .png, width: side, height: side)
        #expect(throws: error) {
            try decodeImage(bytes, limits: DecodingLimits(maxPixels: .max))
        }
        #expect(error.exitStatus == .unavailable)
    }

    private func decoded(_ bytes: [UInt8]) -> Image? {
        do { return try decodeImage(bytes) } catch { return nil }
    }
}

/// A PNG up to its pixels: 8-bit gray; checksums as they must be.
private func pngHeader(_ width: UInt32, _ height: UInt32) -> [UInt8] {
    let sides = [width, height].flatMap { side in
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: side >> (8 * $0)) }
    }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        + pngChunk("IHDR", sides + [8, 0, 0, 0, 0])
}

/// Pixel data that stops before its first pixel.
private let emptyData = pngChunk("IDAT", [0x78, 0x9C])

private func pngChunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(crc32(body))
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// Source: PNG specification, annex D.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
        (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
            crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1
        }
    }
}
