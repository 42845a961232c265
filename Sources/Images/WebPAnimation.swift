import CImages
import Signals

/// The frames of an animated WebP file, each whole and over white.
@safe
package final class WebPAnimation {
    private let bytes: [UInt8]
    private let size: PixelSize
    private let frames: OpaquePointer
    private var isOver = false
    private var endMilliseconds = 0
    /// Whether a frame could not be decoded; those after it are lost too.
    package private(set) var isDamaged = false

    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - maxPixels: of a frame.
    /// - Throws: `ImageError`.
    package init(_ bytes: [UInt8], maxPixels: Int) throws(ImageError) {
        var found = cc_size()
        // Safe: the bytes are kept as long as the animation is open, at a place of their own.
        guard
            let opened = unsafe bytes.withUnsafeBufferPointer({ buffer in
                unsafe cc_webp_frames_open(buffer.baseAddress, buffer.count, &found)
            })
        else { throw .damaged(format: .webp, reason: "its frames do not fit together") }
        unsafe frames = unsafe opened
        self.bytes = bytes
        size = PixelSize(width: Int(found.width), height: Int(found.height))
        do {
            try size.check(DecodingLimits(maxPixels: maxPixels), .webp)
        } catch {
            unsafe cc_webp_frames_close(opened)
            throw error
        }
    }

    deinit { unsafe cc_webp_frames_close(frames) }

    /// - Returns: the next frame, and from when to when it is shown; nil at the end.
    package func next() -> (image: Image, seconds: Double, endSeconds: Double)? {
        guard !isOver else { return nil }
        let count = 3 * size.width * size.height
        var end: Int32 = 0
        var outcome = CC_DAMAGED
        // Safe: C writes a whole frame or says that it did not.
        let pixels = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            if let base = buffer.baseAddress {
                outcome = unsafe cc_webp_frames_next(frames, base, &end)
            }
            filled = outcome == CC_DECODED ? count : 0
        }
        guard outcome == CC_DECODED else {
            isOver = true
            isDamaged = outcome == CC_DAMAGED
            return nil
        }
        defer { endMilliseconds = max(endMilliseconds, Int(end)) }
        return (
            Image(width: size.width, height: size.height, pixels: pixels),
            Double(endMilliseconds) / 1000, Double(max(endMilliseconds, Int(end))) / 1000
        )
    }
}
