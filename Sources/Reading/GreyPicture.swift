import Signals

/// The lightness of a picture, one byte a pixel: what readers of text and codes work on.
package struct GreyPicture: Sendable, Equatable {
    package let width: Int
    package let height: Int
    /// Row by row from the top left; `width * height` bytes.
    package let pixels: [UInt8]
}

extension GreyPicture {
    /// Luma of each pixel, weighted as in ITU-R BT.601.
    package init(_ image: Image) {
        let source = image.pixels.span
        let count = image.width * image.height
        var grey = [UInt8](repeating: 0, count: count)
        for i in 0..<count {
            let red = UInt32(source[3 * i])
            let green = UInt32(source[3 * i + 1])
            let blue = UInt32(source[3 * i + 2])
            grey[i] = UInt8(
                truncatingIfNeeded: (77 &* red &+ 150 &* green &+ 29 &* blue &+ 128) >> 8)
        }
        self.init(width: image.width, height: image.height, pixels: grey)
    }

    /// Every `factor` by `factor` pixels made one, their mean; a remainder at the edges is dropped.
    package func shrunk(by factor: Int) -> GreyPicture {
        guard factor > 1, width >= factor, height >= factor else { return self }
        let newWidth = width / factor
        let newHeight = height / factor
        let source = pixels.span
        var sums = [UInt32](repeating: 0, count: newWidth)
        var result: [UInt8] = []
        result.reserveCapacity(newWidth * newHeight)
        let area = UInt32(factor * factor)
        for row in 0..<newHeight {
            for i in sums.indices { sums[i] = area / 2 }
            for y in (row * factor)..<((row + 1) * factor) {
                var place = y * width
                for i in sums.indices {
                    var sum: UInt32 = 0
                    for _ in 0..<factor {
                        sum &+= UInt32(source[place])
                        place += 1
                    }
                    sums[i] &+= sum
                }
            }
            for sum in sums { result.append(UInt8(sum / area)) }
        }
        return GreyPicture(width: newWidth, height: newHeight, pixels: result)
    }

    /// Enlarged a whole number of times, with straight lines between the pixels.
    package func enlarged(by factor: Int) -> GreyPicture {
        guard factor > 1 else { return self }
        let newWidth = width * factor
        let newHeight = height * factor
        let columns = Stretch(from: width, by: factor)
        let rows = Stretch(from: height, by: factor)
        let source = pixels.span
        var result: [UInt8] = []
        result.reserveCapacity(newWidth * newHeight)
        for y in 0..<newHeight {
            let upper = rows.first[y] * width
            let lower = rows.second[y] * width
            let down = rows.weight[y]
            for x in 0..<newWidth {
                let left = columns.first[x]
                let right = columns.second[x]
                let across = columns.weight[x]
                let top =
                    UInt32(source[upper + left]) * (256 - across)
                    + UInt32(source[upper + right]) * across
                let bottom =
                    UInt32(source[lower + left]) * (256 - across)
                    + UInt32(source[lower + right]) * across
                result.append(UInt8((top * (256 - down) + bottom * down + 32768) >> 16))
            }
        }
        return GreyPicture(width: newWidth, height: newHeight, pixels: result)
    }

    /// Light made dark.
    func inverted() -> GreyPicture {
        GreyPicture(width: width, height: height, pixels: pixels.map { 255 - $0 })
    }

    /// Turned clockwise by so many quarters.
    package func turned(quarters: Int) -> GreyPicture {
        switch quarters % 4 {
        case 1:
            turned(width: height, height: width) { x, y in (height - 1 - x) * width + y }
        case 2:
            GreyPicture(width: width, height: height, pixels: pixels.reversed())
        case 3:
            turned(width: height, height: width) { x, y in x * width + (width - 1 - y) }
        default: self
        }
    }

    /// A picture of another shape, each pixel taken from where `source` says in `pixels`.
    private func turned(
        width newWidth: Int, height newHeight: Int, source: (_ x: Int, _ y: Int) -> Int
    ) -> GreyPicture {
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count)
        for y in 0..<newHeight {
            for x in 0..<newWidth { result.append(pixels[source(x, y)]) }
        }
        return GreyPicture(width: newWidth, height: newHeight, pixels: result)
    }
}

/// Between which two old pixels each new one lies along one side, and how near the second.
private struct Stretch {
    var first: [Int] = []
    var second: [Int] = []
    /// In 256ths: 0 is the first pixel, 256 the second.
    var weight: [UInt32] = []

    init(from length: Int, by factor: Int) {
        for i in 0..<(length * factor) {
            // The centre of new pixel i, in old pixels from the centre of the first.
            let doubled = 2 * i + 1 - factor
            let place = max(0, min(doubled * 128 / factor, 256 * (length - 1)))
            first.append(place / 256)
            second.append(min(place / 256 + 1, length - 1))
            weight.append(UInt32(place % 256))
        }
    }
}
