import CImages

/// The smallest fraction, in eighths, that leaves both sides long enough.
private func eighths(of size: PixelSize, _ limits: DecodingLimits) -> Int {
    guard let shorterSide = limits.shorterSide else { return 8 }
    return [1, 2, 4].first { eighths in
        let scaled = size.scaled(eighths: eighths)
        return min(scaled.width, scaled.height) >= shorterSide
    } ?? 8
}

func decodeJPEG(
    _ bytes: [UInt8], orientation: Int, _ limits: DecodingLimits
) throws(ImageError) -> Raster {
    var header = cc_size()
    var fault = cc_fault()
    // Safe: C reads within bytes and writes the two values.
    try check(unsafe cc_jpeg_header(bytes, bytes.count, &header, &fault), fault, .jpeg)
    let full = PixelSize(header)
    try full.check(limits, .jpeg)
    let scale = eighths(of: full, limits)
    let size = full.scaled(eighths: scale)
    // Safe: C reads within bytes and refuses a buffer that is not of the picture's size.
    let pixels = try unsafe filled(3, size, .jpeg) { rgb, fault in
        unsafe cc_jpeg_decode(
            bytes, bytes.count, Int32(scale), Int32(orientation), rgb.baseAddress, rgb.count,
            &fault)
    }
    return Raster(fullSize: full, size: size, pixels: pixels)
}

func decodePNG(
    _ bytes: [UInt8], orientation: Int, _ limits: DecodingLimits
) throws(ImageError) -> Raster {
    var layout = cc_png_layout()
    var fault = cc_fault()
    // Safe: C reads within bytes and writes the two values.
    try check(unsafe cc_png_header(bytes, bytes.count, &layout, &fault), fault, .png)
    let size = PixelSize(layout.size)
    try size.check(limits, .png)
    if layout.interlaced {
        // Safe: C reads within bytes and refuses a buffer that is not of the picture's size.
        let stored = try unsafe filled(Int(layout.channels), size, .png) { pixels, fault in
            unsafe cc_png_decode_stored(
                bytes, bytes.count, pixels.baseAddress, pixels.count, &fault)
        }
        let flat = flattened(consume stored, size)
        return Raster(
            fullSize: size, size: size, pixels: turned(flat.pixels, size, orientation),
            hasTransparency: flat.hasTransparency)
    }
    var transparent = false
    // Safe: C reads within bytes and refuses a buffer that is not of the picture's size.
    let pixels = try unsafe filled(3, size, .png) { rgb, fault in
        unsafe cc_png_decode(
            bytes, bytes.count, Int32(orientation), rgb.baseAddress, rgb.count, &transparent,
            &fault)
    }
    return Raster(fullSize: size, size: size, pixels: pixels, hasTransparency: transparent)
}

func decodeWebP(
    _ bytes: [UInt8], orientation: Int, _ limits: DecodingLimits
) throws(ImageError) -> Raster {
    var layout = cc_webp_layout()
    var fault = cc_fault()
    // Safe: C reads within bytes and writes the two values.
    try check(unsafe cc_webp_header(bytes, bytes.count, &layout, &fault), fault, .webp)
    let canvas = PixelSize(layout.canvas)
    try canvas.check(limits, .webp)
    let frame = PixelSize(layout.frame)
    // Safe: C reads within bytes and refuses a buffer that is not of the frame's size.
    let stored = try unsafe filled(Int(layout.channels), frame, .webp) { pixels, fault in
        unsafe cc_webp_decode(bytes, bytes.count, pixels.baseAddress, pixels.count, &fault)
    }
    var flat = flattened(consume stored, frame)
    if frame != canvas {
        flat.pixels = onWhite(
            flat.pixels, frame, left: Int(layout.left), top: Int(layout.top), canvas)
        flat.hasTransparency = true
    }
    return Raster(
        fullSize: canvas, size: canvas, pixels: turned(flat.pixels, canvas, orientation),
        hasTransparency: flat.hasTransparency)
}

/// A new array of pixels that a C decoder fills.
private func filled(
    _ channels: Int, _ size: PixelSize, _ format: PictureFormat,
    by decode: (UnsafeMutableBufferPointer<UInt8>, inout cc_fault) -> cc_outcome
) throws(ImageError) -> [UInt8] {
    let count = try room(channels, size, format)
    var fault = cc_fault()
    var outcome = CC_DAMAGED
    // Safe: a decoder that reports success has written every byte; otherwise the array is dropped.
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filledCount in
        let room = unsafe UnsafeMutableBufferPointer(rebasing: buffer[..<count])
        outcome = unsafe decode(room, &fault)
        filledCount = outcome == CC_DECODED ? count : 0
    }
    try check(outcome, fault, format, rows: size.height)
    return pixels
}

/// - Returns: the bytes of a picture, known to be there for the asking.
private func room(
    _ channels: Int, _ size: PixelSize, _ format: PictureFormat
) throws(ImageError) -> Int {
    let (pixels, tooMany) = size.width.multipliedReportingOverflow(by: size.height)
    let (bytes, tooLong) = pixels.multipliedReportingOverflow(by: channels)
    guard !tooMany, !tooLong, cc_can_hold(bytes) else {
        throw .noMemory(format: format, width: size.width, height: size.height)
    }
    return bytes
}

/// Lays stored pixels over white where they carry alpha, in place.
private func flattened(
    _ stored: consuming [UInt8], _ size: PixelSize
) -> (pixels: [UInt8], hasTransparency: Bool) {
    let count = size.width * size.height
    guard stored.count == 4 * count else { return (stored, false) }
    // Safe: C moves each pixel forward by at most its own bytes, within 4 * count.
    let transparent = unsafe stored.withUnsafeMutableBufferPointer {
        guard let start = $0.baseAddress else { return false }
        return unsafe cc_flatten(start, count, start)
    }
    stored.removeLast(count)
    return (stored, transparent)
}

private func turned(_ stored: [UInt8], _ size: PixelSize, _ orientation: Int) -> [UInt8] {
    guard orientation != 1 else { return stored }
    // Safe: C writes each pixel of the picture at its place in one of the same number of pixels.
    return unsafe [UInt8](unsafeUninitializedCapacity: stored.count) { upright, filledCount in
        unsafe cc_place_rows(
            stored, 0, size.height, cc_size(size), Int32(orientation), upright.baseAddress)
        filledCount = stored.count
    }
}

/// A frame on a white ground; the layout was checked to lie inside.
private func onWhite(
    _ frame: [UInt8], _ size: PixelSize, left: Int, top: Int, _ canvas: PixelSize
) -> [UInt8] {
    var pixels = [UInt8](repeating: 255, count: 3 * canvas.width * canvas.height)
    for y in 0..<size.height {
        let start = 3 * ((top + y) * canvas.width + left)
        let row = frame[3 * y * size.width..<3 * (y + 1) * size.width]
        pixels.replaceSubrange(start..<start + row.count, with: row)
    }
    return pixels
}

private func check(
    _ outcome: cc_outcome, _ fault: cc_fault, _ format: PictureFormat, rows: Int = 1
) throws(ImageError) {
    switch outcome {
    case CC_DECODED: return
    case CC_ENDS_EARLY: throw .endsEarly(format: format, percent: 100 * Int(fault.rows) / rows)
    default: throw .damaged(format: format, reason: fault.words)
    }
}

extension cc_fault {
    /// The library's words in printable ASCII: some messages quote the file.
    fileprivate var words: String {
        // Safe: the bytes of this very value; the text ends at its first zero.
        let bytes = unsafe withUnsafeBytes(of: text) { unsafe Array($0) }
        let shown = bytes.prefix { $0 != 0 }.filter { (0x20...0x7E).contains($0) }
        return String(decoding: shown, as: UTF8.self)
    }
}

extension PixelSize {
    fileprivate init(_ size: cc_size) {
        self.init(width: Int(size.width), height: Int(size.height))
    }
}

extension cc_size {
    fileprivate init(_ size: PixelSize) {
        self.init(width: UInt32(size.width), height: UInt32(size.height))
    }
}
