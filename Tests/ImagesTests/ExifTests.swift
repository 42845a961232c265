import Foundation
import Images
import Signals
import TestKit
import Testing

/// EXIF blocks written by hand into the place of a fixture's own.
@Suite struct ExifTests {
    @Test(arguments: [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"), ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("Apple", "iPhone 15", "Apple iPhone 15"), ("SONY", "", "SONY"), ("", "X100", "X100"),
        ("  Leica  Camera ", "M11\u{1B}[31m", "Leica Camera M11[31m"),
    ])
    func `maker and model make one name`(maker: String, model: String, camera: String) throws {
        let details = try decoded([.text(0x010F, maker), .text(0x0110, model)]).details
        #expect(details.camera == camera)
    }

    @Test(arguments: ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", ""])
    func `a date that no clock wrote is left out`(date: String) throws {
        #expect(try decoded([.text(0x0132, date)]).details.captureDate == nil)
    }

    @Test func `the date of the last change stands in for the first`() throws {
        let details = try decoded([.text(0x0132, "2020:01:02 03:04:05")]).details
        #expect(details.captureDate == "2020:01:02 03:04:05")
    }

    @Test(arguments: [true, false])
    func `both byte orders turn the picture`(bigEndian: Bool) throws {
        let image = try decoded([.short(0x0112, 6)], bigEndian: bigEndian)
        #expect(image.width == 13 && image.height == 24)
    }

    @Test(arguments: [0, 9, 255, 65535])
    func `an orientation that does not exist turns nothing`(value: Int) throws {
        let image = try decoded([.short(0x0112, value)])
        #expect(image.width == 24 && image.height == 13)
    }

    @Test func `the thumbnail's orientation is not the picture's`() throws {
        var block = exifBlock([.short(0x0112, 1)], bigEndian: true)
        let second = exifBlock([.short(0x0112, 6)], bigEndian: true).dropFirst(8)
        let link = block.count - 4
        block.replaceSubrange(link..<link + 4, with: bytes(block.count, 4, bigEndian: true))
        let image = try decoded(block: block + second)
        #expect(image.width == 24 && image.height == 13)
    }

    /// Every 1 to 4 bytes of a block replaced by numbers that point anywhere.
    @Test(arguments: [true, false])
    func `no offset or count leads out of the block`(bigEndian: Bool) throws {
        let fields: [Field] = [
            .short(0x0112, 1), .text(0x010F, "Maker"), .text(0x0110, "A model"),
            .text(0x0132, "2020:01:02 03:04:05"), .long(0x8769, 8),
        ]
        let block = exifBlock(fields, bigEndian: bigEndian)
        for value in [0, 1, block.count - 1, block.count, 0x7FFF_FFFF, 0xFFFF_FFFF] {
            for width in [1, 2, 4] {
                for offset in 0...block.count - width {
                    var hostile = block
                    let edit = bytes(value, 4, bigEndian: bigEndian)
                    hostile.replaceSubrange(
                        offset..<offset + width,
                        with: bigEndian ? edit.suffix(width) : edit.prefix(width))
                    let image = try decoded(block: hostile)
                    #expect(image.width * image.height == 24 * 13)
                }
            }
        }
        for count in 0..<block.count { _ = try decoded(block: Array(block.prefix(count))) }
    }
}

private enum Field {
    case short(Int, Int)
    case long(Int, Int)
    case text(Int, String)

    var tag: Int {
        switch self {
        case .short(let tag, _), .long(let tag, _), .text(let tag, _): tag
        }
    }
}

private func bytes(_ value: Int, _ count: Int, bigEndian: Bool) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return bigEndian ? little.reversed() : little
}

/// One directory at offset 8, its texts behind it; the link to a thumbnail is the last field.
private func exifBlock(_ fields: [Field], bigEndian: Bool) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
        bytes(value, count, bigEndian: bigEndian)
    }
    var directory = number(fields.count, 2)
    var texts: [UInt8] = []
    for field in fields {
        directory += number(field.tag, 2)
        switch field {
        case .short(_, let value):
            directory += number(3, 2) + number(1, 4) + number(value, 2) + [0, 0]
        case .long(_, let value): directory += number(4, 2) + number(1, 4) + number(value, 4)
        case .text(_, let text):
            // Padded, so that even short ones lie outside of the field.
            let stored = Array(text.utf8) + [0, 0, 0, 0, 0]
            directory += number(2, 2) + number(stored.count, 4)
            directory += number(8 + 2 + 12 * fields.count + texts.count + 4, 4)
            texts += stored
        }
    }
    let start = (bigEndian ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]) + number(8, 4)
    return start + directory + (texts.isEmpty ? [] : [0, 0, 0, 0] + texts) + [0, 0, 0, 0]
}

private func decoded(_ fields: [Field], bigEndian: Bool = false) throws -> Image {
    try decoded(block: exifBlock(fields, bigEndian: bigEndian))
}

/// The 24 x 13 pixels of a fixture, with this block in place of its own.
private func decoded(block: [UInt8]) throws -> Image {
    let file = try PictureTruth.bytes("exif-1.jpg")
    let ownLength = file.firstRange(of: Array("Exif\0\0".utf8)).map { $0.lowerBound - 4 }
    let start = try #require(ownLength)
    let end = start + 2 + Int(file[start + 2]) << 8 + Int(file[start + 3])
    let segment =
        [0xFF, 0xE1] + bytes(block.count + 8, 2, bigEndian: true) + Array("Exif\0\0".utf8) + block
    return try decodeImage(Array(file[..<start]) + segment + Array(file[end...]))
}
