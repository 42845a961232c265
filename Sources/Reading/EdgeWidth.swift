/// How sharply the edges of a picture rise.
///
/// In a stretch of 32 pixels that holds two tones, a sharp edge makes the whole way between them
/// in a pixel or two; a blurred one climbs evenly. The part of the way that the steepest two pixels
/// make is the steepness: near 1 for a clean edge, 0.15 for a ramp of 13 pixels. A picture counts as
/// blurred when even its sharpest edges are not steep, so a portrait before a soft ground is not.
struct EdgeWidth {
    /// Steepness that the sharpest tenth of the edges exceeds, 0 to 1; nil without enough edges.
    let steepness: Double?

    /// Length of a stretch.
    static let stretch = 32
    /// The least way between its lightest and its darkest pixel, of 255: below it, noise decides.
    static let leastWay = 40
    /// Fewer stretches than this tell nothing.
    static let leastEdges = 40
    /// The part of the edges that may be sharper.
    static let sharpest = 0.1

    init(_ picture: GreyPicture) {
        var found: [Int] = []
        Self.measure(
            picture, lines: picture.height, lineStep: picture.width, length: picture.width,
            pixelStep: 1, into: &found)
        Self.measure(
            picture, lines: picture.width, lineStep: 1, length: picture.height,
            pixelStep: picture.width, into: &found)
        guard found.count >= Self.leastEdges else {
            steepness = nil
            return
        }
        found.sort()
        steepness = Double(found[Int(Double(found.count) * (1 - Self.sharpest))]) / 256
    }

    /// Adds the steepness in 256ths of each stretch along every fourth line.
    private static func measure(
        _ picture: GreyPicture, lines: Int, lineStep: Int, length: Int, pixelStep: Int,
        into found: inout [Int]
    ) {
        let pixels = picture.pixels.span
        guard length > stretch else { return }
        for line in stride(from: 0, to: lines, by: 4) {
            for place in stride(from: 0, to: length - stretch, by: stretch / 2) {
                let start = line * lineStep + place * pixelStep
                var darkest = UInt8.max
                var lightest = UInt8.min
                var steepest = 0
                for i in 0..<(stretch - 2) {
                    let here = pixels[start + i * pixelStep]
                    let ahead = pixels[start + (i + 2) * pixelStep]
                    darkest = min(darkest, here)
                    lightest = max(lightest, here)
                    steepest = max(steepest, abs(Int(ahead) - Int(here)))
                }
                let way = Int(lightest) - Int(darkest)
                guard way >= leastWay else { continue }
                found.append(min(256, 256 * steepest / way))
            }
        }
    }
}
