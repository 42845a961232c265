import Signals

/// The picture that `noise` in `make_text_and_pixels.py` makes.
func noise(width: Int, height: Int) -> Image {
    var state = width * 1000 + height
    let pixels = (0..<(3 * width * height)).map { _ in
        state = (state &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
        return UInt8(state >> 16 & 0xFF)
    }
    return Image(width: width, height: height, pixels: pixels)
}
