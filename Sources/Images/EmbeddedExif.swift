/// Finds the EXIF block inside a picture file; ``Exif`` reads it.
///
/// - Parameters:
///   - bytes: the whole file.
///   - format: what the file is.
/// - Returns: where the block lies, from its byte-order mark on; nil where there is none.
func exifRange(in bytes: [UInt8], _ format: PictureFormat) -> Range<Int>? {
    let block =
        switch format {
        case .jpeg: jpegExif(bytes)
        case .png: pngExif(bytes)
        case .webp: webpExif(bytes)
        }
    guard let block else { return nil }
    // The mark belongs to JPEG; writers of WebP and PNG copy it along.
    let mark = "Exif\0".utf8
    guard block.count >= 6, bytes.has(mark, at: block.lowerBound) else { return block }
    return block.lowerBound + 6..<block.upperBound
}

/// Walks the segments before the picture data: FF, a mark, a length that counts itself.
private func jpegExif(_ bytes: [UInt8]) -> Range<Int>? {
    let startOfScan: UInt8 = 0xDA
    let endOfImage: UInt8 = 0xD9
    let application1: UInt8 = 0xE1
    var offset = 2
    while offset + 1 < bytes.count {
        guard bytes[offset] == 0xFF else {
            offset += 1  // stray bytes, which the decoder skips too
            continue
        }
        let mark = bytes[offset + 1]
        switch mark {
        case startOfScan, endOfImage: return nil
        case 0xFF: offset += 1
        case 0, 0x01, 0xD0...0xD8: offset += 2
        default:
            guard let length = bytes.bigEndian16(at: offset + 2), length >= 2 else { return nil }
            let end = min(bytes.count, offset + 2 + length)
            if mark == application1, bytes.has("Exif\0".utf8, at: offset + 4), end >= offset + 10 {
                return offset + 4..<end
            }
            offset += 2 + length
        }
    }
    return nil
}

/// Walks the chunks: length, four letters, data, checksum.
private func pngExif(_ bytes: [UInt8]) -> Range<Int>? {
    var offset = 8
    while let length = bytes.bigEndian32(at: offset), offset + 8 + length <= bytes.count {
        if bytes.has("eXIf".utf8, at: offset + 4) { return offset + 8..<offset + 8 + length }
        offset += 12 + length
    }
    return nil
}

/// Walks the chunks of the extended format: four letters, length, data padded to even.
private func webpExif(_ bytes: [UInt8]) -> Range<Int>? {
    var offset = 12
    while let length = bytes.littleEndian32(at: offset + 4), offset + 8 + length <= bytes.count {
        if bytes.has("EXIF".utf8, at: offset) { return offset + 8..<offset + 8 + length }
        offset += 8 + length + length % 2
    }
    return nil
}
