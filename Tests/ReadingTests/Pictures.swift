import Images
import Signals
import TestKit

/// A colour by its channels.
struct Paint: Equatable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    static let white = Paint(255, 255, 255)
    static let black = Paint(0, 0, 0)
    static let red = Paint(220, 20, 20)
    static let blue = Paint(30, 60, 220)
    static let green = Paint(20, 130, 40)
}

/// A picture painted pixel by pixel.
func painted(_ width: Int, _ height: Int, _ paint: (_ x: Int, _ y: Int) -> Paint) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for y in 0..<height {
        for x in 0..<width {
            let colour = paint(x, y)
            pixels += [colour.red, colour.green, colour.blue]
        }
    }
    return Image(width: width, height: height, pixels: pixels)
}

func plain(_ width: Int, _ height: Int, _ paint: Paint) -> Image {
    painted(width, height) { _, _ in paint }
}

/// The same numbers on every run: a linear congruential generator (Knuth's MMIX constants).
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}

/// A picture of the third-party test data.
func shared(_ path: String) throws -> Image {
    try decodeImage(try SharedTestData.bytes("images/" + path))
}

/// Paths of photographs in the test data without writing in them; formats that we decode.
func sharedPhotographs() throws -> [String] {
    // Of `photos`, the horse is a silhouette; of `captioned`, the hummingbird is a drawing.
    let drawn = ["horse.png", "hummingbird.jpg"]
    return try ["photos", "captioned"].flatMap { folder in
        try SharedTestData.files(in: "images/" + folder).compactMap { path in
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            let isDecoded = name.hasSuffix(".png") || name.hasSuffix(".jpg")
            return isDecoded && !drawn.contains(name) ? "\(folder)/\(name)" : nil
        }
    }
}
