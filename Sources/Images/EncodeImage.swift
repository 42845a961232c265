import CImages
import Glibc
import Signals

/// Turns a picture into the bytes of a JPEG file.
///
/// - Parameters:
///   - image: of at most 65,500 pixels a side.
///   - quality: 1 to 100.
/// - Returns: the file.
/// - Throws: `ImageError.noMemory`.
package func encodeJPEG(_ image: Image, quality: Int = 85) throws(ImageError) -> [UInt8] {
    let size = cc_size(width: UInt32(image.width), height: UInt32(image.height))
    var count = 0
    // Safe: the picture has as many bytes as its size says; the result has `count` and is freed here.
    guard let bytes = unsafe cc_jpeg_encode(image.pixels, size, Int32(quality), &count) else {
        throw .noMemory(format: .jpeg, width: image.width, height: image.height)
    }
    defer { unsafe free(bytes) }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
}
