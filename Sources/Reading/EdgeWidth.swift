/// How sharply the edges of a picture rise.
///
/// Over a stretch of 16 pixels that bridges two tones, a sharp edge makes the whole way in a pixel
/// or two; a blurred one climbs evenly. The steepest two pixels' part of the way is the steepness:
/// 1 for a clean edge, 0.13 for a ramp. A picture counts as blurred when even its sharpest edges are
/// not steep, so a portrait before a soft ground is not.
struct EdgeWidth {
    /// Steepness that the sharpest tenth of the edges exceeds, 0 to 1; nil without enough edges.
    let steepness: Double?

    /// Length of a stretch.
    static let stretch = 16
    /// The least way between the tones at its ends, of 255: below it, noise decides.
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
                let way = abs(Int(pixels[start + stretch * pixelStep]) - Int(pixels[start]))
                guard way >= leastWay else { continue }
                var steepest = 0
                for i in 0...(stretch - 2) {
                    let at = start + i * pixelStep
                    let rise = abs(Int(pixels[at + 2 * pixelStep]) - Int(pixels[at]))
                    steepest = max(steepest, rise)
                }
                found.append(min(256, 256 * steepest / way))
            }
        }
    }
}
