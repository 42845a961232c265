import Signals

/// What a grid of sampled pixels tells about a picture.
struct PixelSurvey {
    /// How many samples were taken.
    let count: Int
    /// Samples by luma.
    let lumas: [Int]
    /// Share of samples whose channels differ by more than a black-and-white file's rounding.
    let colouredShare: Double
    /// Share of samples that equal their right and their lower neighbour to within JPEG's noise.
    let flatShare: Double
    /// Share of samples that differ from a neighbour by more than that, and by less than an edge
    /// does: the grain of skin, leaves, walls.
    let grainShare: Double
    /// Of those samples, the share that equals one neighbour exactly, always the right one or always
    /// the lower one: the ramp of a drawn button, which no camera makes.
    let ruledShare: Double
    /// Share of samples that lie in the eight most common of 4096 colours.
    let commonShare: Double
    /// Samples by name of colour, for each of 3 by 3 fields from the top left.
    let fields: [[Int]]

    /// About so many samples, whatever the size of the picture.
    static let wantedSamples = 40_000
    /// Channels of a grey pixel may be apart so far, of 255, after JPEG.
    static let mostGreySpread = 12
    /// Neighbours in a flat area may be apart so far.
    static let mostFlatStep = 2
    /// Further apart than this they are an edge.
    static let mostGrainStep = 32

    init(_ image: Image) {
        let pixels = image.pixels.span
        let width = image.width
        let height = image.height
        let columns = Self.sampled(width, of: width * height)
        let rows = Self.sampled(height, of: width * height)
        var lumas = [Int](repeating: 0, count: 256)
        var colours = [Int](repeating: 0, count: 4096)
        var fields = [[Int]](
            repeating: [Int](repeating: 0, count: ColourName.allCases.count), count: 9)
        var coloured = 0
        var flat = 0
        var grain = 0
        var sameToRight = 0
        var sameBelow = 0
        var count = 0
        for y in rows {
            let below = y + 1 < height ? 3 * width : 0
            for x in columns {
                let i = 3 * (y * width + x)
                let red = pixels[i]
                let green = pixels[i + 1]
                let blue = pixels[i + 2]
                let right = x + 1 < width ? 3 : 0
                var across = 0
                var down = 0
                for c in 0..<3 {
                    let value = Int(pixels[i + c])
                    across = max(across, abs(value - Int(pixels[i + right + c])))
                    down = max(down, abs(value - Int(pixels[i + below + c])))
                }
                let furthest = max(across, down)
                if furthest <= Self.mostFlatStep { flat += 1 }
                if (Self.mostFlatStep + 1...Self.mostGrainStep).contains(furthest) {
                    grain += 1
                    if across == 0 { sameToRight += 1 }
                    if down == 0 { sameBelow += 1 }
                }
                let spread = Int(max(red, green, blue)) - Int(min(red, green, blue))
                if spread > Self.mostGreySpread { coloured += 1 }
                lumas[(77 * Int(red) + 150 * Int(green) + 29 * Int(blue) + 128) >> 8] += 1
                colours[Int(red >> 4) << 8 | Int(green >> 4) << 4 | Int(blue >> 4)] += 1
                let name = ColourName(red: red, green: green, blue: blue)
                fields[3 * y / height * 3 + 3 * x / width][name.index] += 1
                count += 1
            }
        }
        self.count = count
        self.lumas = lumas
        self.fields = fields
        colouredShare = Double(coloured) / Double(count)
        flatShare = Double(flat) / Double(count)
        grainShare = Double(grain) / Double(count)
        ruledShare = Double(max(sameToRight, sameBelow)) / Double(max(1, grain))
        let common = colours.sorted(by: >).prefix(8).reduce(0, +)
        commonShare = Double(common) / Double(count)
    }

    /// Places along one side of a picture of `area` pixels, evenly spread, from its middle outwards.
    private static func sampled(_ length: Int, of area: Int) -> [Int] {
        let share = (Double(wantedSamples) / Double(area)).squareRoot()
        let count = max(1, min(length, Int(Double(length) * share)))
        return (0..<count).map { (2 * $0 + 1) * length / (2 * count) }
    }

    /// The luma below which this share of the samples lies.
    func luma(at share: Double) -> Int {
        var below = 0
        for (luma, samples) in lumas.enumerated() {
            below += samples
            if Double(below) > share * Double(count) { return luma }
        }
        return 255
    }
}

extension ColourName {
    /// Its place in `allCases`.
    fileprivate var index: Int {
        switch self {
        case .black: 0
        case .white: 1
        case .grey: 2
        case .red: 3
        case .orange: 4
        case .yellow: 5
        case .green: 6
        case .turquoise: 7
        case .blue: 8
        case .navy: 9
        case .purple: 10
        case .pink: 11
        case .brown: 12
        case .beige: 13
        }
    }
}
