import Reading
import Signals

/// Whether a picture shows text and nothing else: a page, a slide, a screenshot of a message.
///
/// The ground is the most frequent colour; of the pixels that differ from it clearly, at least
/// nine in ten must lie in or beside a block of text.
///
/// - Parameters:
///   - image: the picture that the blocks were found in.
///   - blocks: what was read.
/// - Returns: true where the text says all that the picture shows.
package func showsOnlyText(_ image: Image, _ blocks: [TextBlock]) -> Bool {
    guard !blocks.isEmpty else { return false }
    let ground = mostFrequentColour(image)
    // Strokes reach a little over the box: accents, underlines, anti-aliasing.
    let margin = max(2, min(image.width, image.height) / 50)
    let areas = blocks.map(\.box).map { box in
        (
            columns: box.x - margin..<box.x + box.width + margin,
            rows: box.y - margin..<box.y + box.height + margin
        )
    }
    // About 400 samples a side are enough for a share.
    let step = max(1, min(image.width, image.height) / 400)
    var inside = 0
    var outside = 0
    for y in stride(from: 0, to: image.height, by: step) {
        let inRow = areas.filter { $0.rows.contains(y) }
        for x in stride(from: 0, to: image.width, by: step)
        where differs(image, 3 * (y * image.width + x), from: ground) {
            if inRow.contains(where: { $0.columns.contains(x) }) {
                inside += 1
            } else {
                outside += 1
            }
        }
    }
    return inside > 0 && inside >= 9 * outside
}

/// The centre of the fullest of 16 x 16 x 16 boxes of colours.
private func mostFrequentColour(_ image: Image) -> (Int, Int, Int) {
    var counts = [Int](repeating: 0, count: 4096)
    let step = max(1, image.width * image.height / 100_000)
    for pixel in stride(from: 0, to: image.width * image.height, by: step) {
        let (red, green, blue) = colour(image, 3 * pixel)
        counts[(red >> 4) << 8 | (green >> 4) << 4 | blue >> 4] += 1
    }
    let fullest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return ((fullest >> 8) * 16 + 8, (fullest >> 4 & 15) * 16 + 8, (fullest & 15) * 16 + 8)
}

private func colour(_ image: Image, _ offset: Int) -> (Int, Int, Int) {
    (Int(image.pixels[offset]), Int(image.pixels[offset + 1]), Int(image.pixels[offset + 2]))
}

/// Clearly: by more than a fifth of the range in one channel, which noise and JPEG do not reach.
private func differs(_ image: Image, _ offset: Int, from ground: (Int, Int, Int)) -> Bool {
    let (red, green, blue) = colour(image, offset)
    return max(abs(red - ground.0), abs(green - ground.1), abs(blue - ground.2)) > 51
}
